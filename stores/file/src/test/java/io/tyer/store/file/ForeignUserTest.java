package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Command;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two users of one directory who have no rights to each other's files. */
@Requires(Needs.OTHER_USERS)
class ForeignUserTest {

  private static final int ONE = 22_001;
  private static final int TWO = 22_002;

  private Path open;
  private Path store;
  private ChildJvm one;
  private ChildJvm two;

  @BeforeEach
  void start() throws Exception {
    open = Files.createTempDirectory("tyer-test");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    store = Files.createDirectory(open.resolve("store"));
    String classPath = OtherUser.classPathIn(open);
    one =
        new ChildJvm(
            OtherUser.as(ONE, ONE), classPath, Holder.class, store + "?anybody=true", 20_000);
    two =
        new ChildJvm(
            OtherUser.as(TWO, TWO), classPath, Holder.class, store + "?anybody=true", 20_000);
  }

  @AfterEach
  void clean() {
    if (one != null) {
      one.close();
    }
    if (two != null) {
      two.close();
    }
    if (open != null) {
      Trees.delete(open.toFile());
    }
  }

  @Test
  void whoHasNoRightsIsToldAndDisturbsNobody() throws Exception {
    give(ONE, 0700);
    assertThat(one.ask("open")).isEqualTo("open");
    long token = Long.parseLong(one.ask("acquire a"));
    assertNoRight(two.ask("open"));

    // The mistake that is made then: the directory is opened, what is in it is not.
    give(ONE, 0777);
    assertNoRight(two.ask("open"));
    assertThat(one.ask("valid a")).isEqualTo("true");
    assertThat(one.ask("release a")).isEqualTo("released");
    assertThat(Long.parseLong(one.ask("acquire a"))).isGreaterThan(token);

    assertThat(Command.succeeds("chmod", "-R", "go+rwX", store.toString())).isTrue();
    // Who has it open goes on to write as it found the directory, where it makes a new file for a
    // beat; until then the files that it writes over are those that were just opened to all.
    List<String> answers = new ArrayList<>(List.of(two.ask("open")));
    Await.until(
        "a beat that the other may not read",
        () -> {
          String last = answers.get(answers.size() - 1);
          if (last.equals("open") || last.equals("busy")) {
            closeToOthers(store.resolve("sessions"));
            answers.add(two.ask("try a"));
            return false;
          }
          return true;
        });
    assertNoRight(answers.get(answers.size() - 1));
    assertThat(one.ask("close")).isEqualTo("closed");
    assertThat(one.ask("open")).isEqualTo("open");
    assertThat(Command.succeeds("chmod", "-R", "go+rwX", store.toString())).isTrue();
    assertThat(Long.parseLong(one.ask("acquire a"))).isGreaterThan(token);
    assertThat(two.ask("try a")).isEqualTo("busy");
    assertThat(one.ask("close")).isEqualTo("closed");
    assertThat(Long.parseLong(two.ask("acquire a"))).isGreaterThan(token);
  }

  /** Groups that differ, and no g+s that would make files those of the directory's group. */
  @Test
  void filesThatTheOtherMayNotReadAreNamedAndNotTakenForAbsent() throws Exception {
    give(ONE, 0777);
    assertThat(one.ask("open")).isEqualTo("open");
    assertThat(two.ask("open")).isEqualTo("open");
    long token = Long.parseLong(two.ask("acquire a"));
    Path record = Stores.recordOf(store, "a").toPath();
    assertThat(Command.succeeds("chmod", "-R", "go-rwx", record.toString())).isTrue();
    String answer = one.ask("try a");
    assertNoRight(answer);
    assertThat(answer).contains(record.toString());
    assertThat(Long.parseLong(one.ask("acquire others"))).isPositive();
    assertThat(two.ask("valid a")).isEqualTo("true");

    assertThat(Command.succeeds("chmod", "-R", "go+rwX", record.toString())).isTrue();
    assertThat(one.ask("try a")).isEqualTo("busy");
    assertThat(two.ask("release a")).isEqualTo("released");
    assertThat(Long.parseLong(one.ask("acquire a"))).isGreaterThan(token);
  }

  private void assertNoRight(String answer) {
    assertThat(answer)
        .startsWith("StoreRefusedException")
        .contains(store.toString(), "has no right to", "chmod -R g+rwX");
  }

  private static void closeToOthers(Path folder) {
    // Fails where a file has another name by then.
    boolean unused =
        Command.succeeds(
            "find", folder.toString(), "-type", "f", "-exec", "chmod", "go-rwx", "{}", "+");
  }

  private void give(int user, int mode) throws Exception {
    Files.setAttribute(store, "unix:uid", user);
    Files.setAttribute(store, "unix:gid", user);
    Files.setAttribute(store, "unix:mode", mode);
  }
}
