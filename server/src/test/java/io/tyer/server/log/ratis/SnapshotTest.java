package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

  /** A segment of the log is 8 MB, and only whole segments are forgotten. */
  private static final int LARGE = 1 << 20;

  @TempDir Path root;

  private static void fill(Trio trio, int megabytes) throws Exception {
    for (int i = 0; i < megabytes; i++) {
      trio.append(" ".repeat(LARGE));
    }
  }

  private static long snapshot(Trio trio) throws Exception {
    return trio.log(trio.leader()).snapshot().get(60, TimeUnit.SECONDS);
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
      byte[] before = one.wordsOf("a").bytes();
      one.stop("a");

      one.start(one.info("a"), one.initial);

      assertThat(one.wordsOf("a").restored.getCount()).as("restored").isZero();
      one.leader();
      assertThat(one.wordsOf("a").bytes()).isEqualTo(before);
      assertThat(one.append("z")).isEqualTo(3);
    }
  }

  /** However few entries there are: a start reads no more than a snapshot and some megabytes. */
  @Test
  void bytesBoundTheLogToo() throws Exception {
    try (Trio one = new Trio(root)) {
      MemberInfo alone = new MemberInfo("a", "", "a.example:7000");
      one.start(alone, List.of(alone));
      one.append("x");
      fill(one, 60);
      Trio.await("a snapshot, and a log without its beginning", () -> snapshots() && !begins());
      one.append("y");
      one.stop("a");
      one.start(alone, List.of(alone));
      assertThat(one.wordsOf("a").restored.getCount()).as("restored").isZero();
      assertThat(one.append("z")).isEqualTo(3);
      assertThat(one.wordsOf("a").words()).containsExactly("x", "y", "z");
    }
  }

  /** However many entries there are: a start reads no more than so many behind a snapshot. */
  @Test
  void entriesBoundWhatAStartReads() throws Exception {
    int every = 50;
    try (Trio one = new Trio(root)) {
      one.snapshotEvery = every;
      MemberInfo alone = new MemberInfo("a", "", "a.example:7000");
      one.start(alone, List.of(alone));
      for (int i = 0; i < 4 * every; i++) {
        one.append("x");
      }
      // One of them was perhaps being written meanwhile: the next one begins with the next entry.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (one.log("a").status().applied() - newestSnapshot() >= every) {
        assertThat(System.nanoTime() - deadline).as("entries pile up").isNegative();
        one.append("y");
      }
    }
  }

  private long newestSnapshot() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("snapshot\\.\\d+_\\d+"))
          .mapToLong(file -> Long.parseLong(file.substring(file.indexOf('_') + 1)))
          .max()
          .orElse(-1);
    } catch (IOException | UncheckedIOException changing) {
      return newestSnapshot();
    }
  }

  private boolean snapshots() {
    return isThere("snapshot\\.\\d+_\\d+");
  }

  private boolean begins() {
    return isThere("log_0-\\d+") || isThere("log_inprogress_0");
  }

  private boolean isThere(String pattern) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(pattern));
    } catch (IOException | UncheckedIOException changing) {
      return isThere(pattern);
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
      Words restored = group.wordsOf("b");

      ReplicatedLog leader = group.log(group.leader());
      leader.add(b).get(60, TimeUnit.SECONDS);
      group.append("y");

      Trio.await("b to catch up", () -> restored.words().equals(List.of("x", "y")));
      assertThat(restored.restored.getCount()).as("by a snapshot").isZero();
      assertThat(restored.bytes()).as("the same state").isEqualTo(group.wordsOf("a").bytes());

      group.append("z");
      group.stop("b");
      group.start(b, List.of());
      Trio.await(
          "b to go on after it", () -> group.wordsOf("b").words().equals(List.of("x", "y", "z")));
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
      Words back = three.wordsOf(away);

      Trio.await("it to catch up", () -> back.words().equals(List.of("x", "y")));
      assertThat(back.restored.getCount()).as("by a snapshot").isZero();
      three.append("z");
      Trio.await("it to go on", () -> back.words().equals(List.of("x", "y", "z")));
    }
  }
}
