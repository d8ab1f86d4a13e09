package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatisLogTest {

  @TempDir Path root;

  @Test
  void oneMemberKeepsItsEntriesOverARestart() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      assertThat(one.append("x")).isEqualTo(1);
      assertThat(one.append("y")).isEqualTo(2);
      assertThat(one.words.get("a").leads()).isTrue();

      one.stop("a");
      one.start(one.info("a"), one.initial);

      assertThat(one.append("z")).isEqualTo(3);
      assertThat(one.words.get("a").words()).containsExactly("x", "y", "z");
    }
  }

  @Test
  void threeMembersAgree() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c")) {
      three.start(three.info("a"), three.initial);
      three.stop("a"); // before there was a leader
      three.start();
      three.append("x");
      three.append("y");

      Trio.await(
          "all to apply",
          () -> three.words.values().stream().allMatch(w -> w.words().equals(List.of("x", "y"))));
      assertThat(three.logs.get("a").status().members())
          .containsExactlyInAnyOrderElementsOf(three.initial);
    }
  }

  @Test
  void anotherLeadsSoonAfterTheLeaderIsGone() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("x");
      String first = three.leader();
      three.stop(first);

      three.append("y");

      assertThat(three.words.get(three.leader()).words()).containsExactly("x", "y");
      three.start(three.info(first), three.initial);
      Trio.await(
          "the old leader to catch up",
          () -> three.words.get(first).words().equals(List.of("x", "y")));
    }
  }
}
