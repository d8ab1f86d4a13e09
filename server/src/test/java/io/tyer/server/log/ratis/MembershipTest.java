package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {

  @TempDir Path root;

  private static void get(CompletableFuture<Void> done) throws Exception {
    done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void oneBecomesThreeAndTwo() throws Exception {
    try (Trio group = new Trio(root, "a").start()) {
      group.append("x");
      MemberInfo b = Trio.member("b");
      MemberInfo c = Trio.member("c");
      group.start(b, List.of());
      group.start(c, List.of());
      ReplicatedLog a = group.log(group.leader());

      get(a.add(b));
      get(a.add(c));
      get(a.add(c)); // asked for again

      group.append("y");
      Trio.await(
          "all to apply",
          () -> group.words.values().stream().allMatch(w -> w.words().equals(List.of("x", "y"))));
      assertThat(a.status().members()).extracting(MemberInfo::id).containsOnly("a", "b", "c");
      assertThat(a.status().members()).contains(b, c);

      // The one that leads may be the one to go.
      get(a.remove("a"));
      assertThatThrownBy(() -> get(a.stopped())).hasMessageContaining("was removed");
      group.stop("a");
      assertThat(group.leader()).isNotEqualTo("a");
      group.append("z");
      assertThat(group.log(group.leader()).status().members())
          .extracting(MemberInfo::id)
          .containsOnly("b", "c");
    }
  }

  @Test
  void leadIsHandedOver() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("x");
      String first = three.leader();
      String second = first.equals("a") ? "b" : "a";

      handOver(three, second);

      assertThat(three.leader()).isEqualTo(second);
      three.append("y");
      Trio.await("the first to follow", () -> three.wordsOf(first).words().size() == 2);
      assertThat(three.wordsOf(first).leads()).isFalse();
    }
  }

  /** The third one may be quicker to be elected, which the engine says: it hands over, too. */
  private static void handOver(Trio three, String to) throws Exception {
    String from = three.leader();
    while (!from.equals(to)) {
      try {
        get(three.log(from).transfer(to));
      } catch (Exception e) {
        assertThat(e.toString()).contains("DIFFERENT_LEADER");
      }
      from = three.leader();
    }
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      ReplicatedLog log = one.log(one.leader());
      MemberInfo a = one.info("a");
      assertThatThrownBy(() -> get(log.remove("a"))).hasMessageContaining("only member");
      assertThatThrownBy(() -> get(log.remove("z"))).hasMessageContaining("no member 'z'");
      assertThatThrownBy(() -> get(log.transfer("z"))).hasMessageContaining("no member 'z'");
      assertThatThrownBy(() -> get(log.add(new MemberInfo("b", a.peerAddress(), ""))))
          .hasMessageContaining("there is the member");
    }
  }
}
