package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.Tyer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Any text of 1 to 512 bytes names a lock, and no two texts name the same one. */
public abstract class NameContract extends ContractTest {

  /** Locks of all these names are locks each of its own, shown and found by their names. */
  private void areLocks(List<String> names) throws Exception {
    Tyer one = client();
    Tyer two = client();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    List<Lease> leases = new ArrayList<>();
    for (String name : names) {
      Lease lease = one.lock(name).tryAcquire().orElseThrow(() -> new AssertionError(name));
      assertThat(lease.name()).isEqualTo(name);
      leases.add(lease);
    }
    assertThat(two.operator().locks(""))
        .extracting(LockView::name)
        .containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      assertThat(two.lock(name).tryAcquire().asOptional()).as(name).isEmpty();
      assertThat(two.operator().locks(name)).extracting(LockView::name).contains(name);
    }
    assertThat(leases).allMatch(Lease::isValid);
    for (Lease lease : leases) {
      lease.close();
      two.lock(lease.name()).tryAcquire().orElseThrow().close();
    }
    assertThat(two.operator().locks("")).isEmpty();
  }

  @Test
  @Shows(S1)
  void namesHaveOneTo512Bytes() throws Exception {
    areLocks(
        List.of(
            "a",
            "x".repeat(511),
            "x".repeat(512),
            "é".repeat(256),
            "\uD83D\uDE00".repeat(128),
            "x".repeat(256) + "y".repeat(256),
            "/".repeat(512),
            ".".repeat(512)));
  }

  @Test
  @Shows(S1)
  void namesHoldAnyCharacters() throws Exception {
    areLocks(
        List.of(
            " ",
            "  ",
            " a",
            "a ",
            "a b",
            "\t",
            "\n",
            "a\r\nb",
            "\0",
            "a\0b",
            "\u0001\u001B[31m",
            "\u007F",
            "'",
            "\"",
            "`",
            "a'b\"c",
            "\\",
            "a\\",
            "%",
            "%41",
            "_",
            "*",
            "?",
            "#",
            "&x=1",
            ":",
            ";",
            ",",
            "{a}",
            "[a-z]",
            "<a>",
            "\u202Eabc",
            "مرحبا",
            "東京",
            "e\u0301\u0301",
            "\uD83D\uDC69\u200D\uD83D\uDE80",
            "\uFEFF",
            "\uFFFD",
            "\uFFFF",
            "\uDBFF\uDFFF"));
  }

  @Test
  @Shows(S1)
  void namesMayLookLikePathsAndKeysOfStores() throws Exception {
    areLocks(
        List.of(
            ".",
            "..",
            "/",
            "//",
            "/a",
            "a/",
            "a/b",
            "../../etc/passwd",
            "./a",
            "~",
            "-rf",
            ".away",
            "lines",
            "lines/00",
            "sessions",
            "tmp",
            "inbox",
            "CON",
            "nul.txt",
            "C:\\a",
            "KEYS[1]",
            "tyer:{0}:line",
            "{tag}x",
            "'; DROP TABLE tyer_line; --",
            "$HOME",
            "${x}",
            "file:/tmp?ttl=1s",
            "_c_0123-lock-0000000001"));
  }

  @Test
  @Shows(API)
  void namesThatLookAlikeAreDifferentLocks() throws Exception {
    areLocks(
        List.of(
            "lock",
            "Lock",
            "LOCK",
            "lock ",
            "lock\0",
            "lock\u200B",
            "lock.",
            "straße",
            "strasse",
            "STRASSE",
            "\u00E9",
            "e\u0301",
            "\u212B",
            "\u00C5",
            "A\u030A",
            "\uFB01",
            "fi",
            "i",
            "I",
            "\u0130",
            "\u0131",
            "1",
            "01",
            "\u0661",
            "a%2Fb",
            "a/b",
            "a%2fb"));
  }

  @Test
  @Shows(API)
  void aPrefixIsNoPattern() throws Exception {
    Tyer one = client();
    List<Lease> leases = new ArrayList<>();
    List<String> names =
        List.of("a%b", "a_b", "a*b", "a?b", "a[b]", "a.b", "a\\b", "axb", "Axb", "a");
    for (String name : names) {
      leases.add(one.lock(name).acquire());
    }
    for (String prefix : List.of("a%", "a_", "a*", "a?", "a[", "a.", "a\\", "A")) {
      assertThat(one.operator().locks(prefix))
          .as(prefix)
          .singleElement()
          .matches(view -> view.name().startsWith(prefix));
    }
    assertThat(one.operator().locks("%")).isEmpty();
    assertThat(one.operator().locks("*")).isEmpty();
    leases.forEach(Lease::close);
  }

  @Test
  @Shows(API)
  void whatIsNoNameIsRefused() {
    Tyer one = client();
    List<String> wrong =
        List.of(
            "",
            "x".repeat(513),
            "é".repeat(256) + "x",
            "\uD83D\uDE00".repeat(128) + "x",
            "\uD83D",
            "\uDE00",
            "a\uDE00\uD83Db");
    for (String name : wrong) {
      assertThatThrownBy(() -> one.lock(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> one.readWriteLock(name))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> one.semaphore(name, 1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> one.operator().revoke(name, OptionalLong.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(one.operator().locks("")).isEmpty();
  }
}
