package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

  /** A segment of the log is 16 MB, and only whole segments are forgotten. */
  private static final int LARGE = 1 << 20;

  @TempDir Path root;

  private static void fill(Trio trio, int megabytes) throws Exception {
    for (int i = 0; i < megabytes; i++) {
      trio.append(" ".repeat(LARGE));
    }
  }

  private static long snapshot(Trio trio) throws Exception {
    return trio.logs.get(trio.leader()).snapshot().get(20, TimeUnit.SECONDS);
  }

  @Test
  void restartBeginsAtTheSnapshot() throws Exception {
    try (Trio one = new Trio(root, "a")) {
      one.snapshotEvery = 10;
      one.start();
      one.append("x");
      fill(one, 20);
      one.append("y");
      assertThat(snapshot(one)).isGreaterThan(20);
      byte[] before = one.words.get("a").bytes();
      one.stop("a");

      one.start(one.info("a"), one.initial);

      assertThat(one.words.get("a").restored.getCount()).as("restored").isZero();
      one.leader();
      assertThat(one.words.get("a").bytes()).isEqualTo(before);
      assertThat(one.append("z")).isEqualTo(3);
    }
  }

  @Test
  void emptyMemberGetsTheSnapshotOfTheLeader() throws Exception {
    try (Trio group = new Trio(root, "a")) {
      group.snapshotEvery = 10;
      group.start();
      group.append("x");
      fill(group, 40);
      snapshot(group);
      MemberInfo b = Trio.member("b");
      group.start(b, List.of());
      Words restored = group.words.get("b");

      ReplicatedLog leader = group.logs.get(group.leader());
      leader.add(b).get(20, TimeUnit.SECONDS);
      group.append("y");

      Trio.await("b to catch up", () -> restored.words().equals(List.of("x", "y")));
      assertThat(restored.restored.getCount()).as("by a snapshot").isZero();
      assertThat(restored.bytes()).as("the same state").isEqualTo(group.words.get("a").bytes());

      group.append("z");
      group.stop("b");
      group.start(b, List.of());
      Trio.await(
          "b to go on after it", () -> group.words.get("b").words().equals(List.of("x", "y", "z")));
    }
  }

  @Test
  void memberThatWasAwayForLongGoesOnByASnapshot() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c")) {
      three.snapshotEvery = 10;
      three.start();
      three.append("x");
      String away = three.leader().equals("c") ? "b" : "c";
      three.stop(away);
      fill(three, 40);
      three.append("y");
      snapshot(three);

      three.start(three.info(away), three.initial);
      Words back = three.words.get(away);

      Trio.await("it to catch up", () -> back.words().equals(List.of("x", "y")));
      assertThat(back.restored.getCount()).as("by a snapshot").isZero();
      three.append("z");
      Trio.await("it to go on", () -> back.words().equals(List.of("x", "y", "z")));
    }
  }
}
