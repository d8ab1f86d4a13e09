package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.log.NotAppendedException;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatisLogTest {

  @TempDir Path root;

  @Test
  void oneMemberKeepsItsEntriesOverARestart() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      assertThat(one.append("x")).isEqualTo(1);
      assertThat(one.append("y")).isEqualTo(2);
      assertThat(one.wordsOf("a").leads()).isTrue();

      one.stop("a");
      one.start(one.info("a"), one.initial);

      assertThat(one.append("z")).isEqualTo(3);
      assertThat(one.wordsOf("a").words()).containsExactly("x", "y", "z");
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
      assertThat(three.log("a").status().members())
          .containsExactlyInAnyOrderElementsOf(three.initial);
    }
  }

  /** Its stamp would let time pass that another lead may have let pass already. */
  @Test
  void anEntryOfAnEarlierLeadIsNotAppended() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("x");
      String first = three.leader();
      long earlier = three.wordsOf(first).term();
      String second =
          three.initial.stream()
              .map(MemberInfo::id)
              .filter(id -> !id.equals(first))
              .findFirst()
              .orElseThrow();
      three.log(first).transfer(second).get(60, TimeUnit.SECONDS);
      Trio.await("the second to lead", () -> three.leader().equals(second));
      three.log(second).transfer(first).get(60, TimeUnit.SECONDS);
      Trio.await("the first to lead again", () -> three.leader().equals(first));

      assertThat(three.append(first, earlier, "late"))
          .failsWithin(20, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(NotAppendedException.class)
          .withMessageContaining("term " + earlier);

      three.append("y");
      assertThat(three.leader()).as("it leads on").isEqualTo(first);
      assertThat(three.wordsOf(first).words()).containsExactly("x", "y");
    }
  }

  @Test
  void anotherLeadsSoonAfterTheLeaderIsGone() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("x");
      String first = three.leader();
      three.stop(first);

      three.append("y");

      assertThat(three.wordsOf(three.leader()).words()).containsExactly("x", "y");
      three.start(three.info(first), three.initial);
      Trio.await(
          "the old leader to catch up",
          () -> three.wordsOf(first).words().equals(List.of("x", "y")));
    }
  }
}
