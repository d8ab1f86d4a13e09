package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.line.LockName;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperHostsKind;
import io.tyer.servers.zookeeper.ZooKeeperNode;
import io.tyer.spi.Moment;
import io.tyer.store.ordered.LineNodes;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member that follows is cut off from the others, and goes on to answer what it can answer by
 * itself.
 */
@Requires({Needs.NETWORKS, Needs.MOUNTS})
@Timeout(240)
class CutFollowerTest {

  private static final Duration TTL = Duration.ofSeconds(3);

  @TempDir
  @SuppressWarnings("NonFinalStaticField") // JUnit sets it.
  static Path directory;

  @SuppressWarnings("NonFinalStaticField") // JUnit starts it before the first test.
  static ZooKeeperGroup group;

  @BeforeAll
  static void start() throws Exception {
    group = new ZooKeeperHostsKind().start(directory);
  }

  @AfterAll
  static void end() {
    group.close();
  }

  private static String at(ZooKeeperNode node) {
    return ZooKeeperGroup.address(List.of(node.toString()), "");
  }

  private static ZooKeeperNode follower() throws Exception {
    ZooKeeperNode leader = group.awaitLeader();
    ZooKeeperNode follower =
        group.nodes().stream().filter(node -> node != leader).findAny().orElseThrow();
    Await.until("it follows", () -> follower.serves() && !follower.leads());
    return follower;
  }

  /**
   * The cut comes right after the answer that proves something, when the leader may not have heard
   * of the session since: nothing it does may come before what was proved.
   */
  @RepeatedTest(3)
  void theLeaderEndsNoSessionBeforeItsProofIsOver() throws Exception {
    ZooKeeperNode follower = follower();
    try (Bare cut = new Bare(at(follower));
        Bare beside = new Bare(at(group.awaitLeader()))) {
      Bare.Session session = cut.open(TTL);
      Moment opened = Moment.now(cut.surroundings);
      session.append("a", "x");
      Await.until("proved anew", () -> session.prove().nanos() > opened.nanos());
      long proved = session.prove().nanos();
      Cut harm = group.cutOff(follower);
      try {
        Await.until("the node is gone", () -> Bare.labels(beside.medium.lines(), "a").isEmpty());
        long gone = beside.surroundings.nanoTime();
        assertThat(Duration.ofNanos(gone - proved)).isGreaterThanOrEqualTo(TTL);
      } finally {
        harm.join();
      }
      Await.until("told", () -> session.heard().all.contains("ended"));
      Await.until("it is back", follower::serves);
    }
  }

  @Test
  void whatItStillAnswersGrantsNobody() throws Exception {
    ZooKeeperNode follower = follower();
    String patient = "&ttl=30s&operation-timeout=1s&connect-timeout=20s";
    try (Tyer holder = Tyer.open(at(group.awaitLeader()) + patient);
        Tyer behind = Tyer.open(at(follower) + patient);
        Bare reader = new Bare(at(follower))) {
      Bare.Session session = reader.open();
      try (Lease other = behind.lock("another").acquire()) {
        other.checkValid();
      }
      Cut harm = group.cutOff(follower);
      try {
        // It answers by what it knows ...
        LineNodes known =
            Asked.answer(r -> session.session().read(LockName.of("another"), false, r));
        assertThat(known.nodes()).isEmpty();
        // ... and cannot know that this is free, or make it so.
        assertThatThrownBy(() -> behind.lock("b").tryAcquire()).isInstanceOf(TyerException.class);
        try (Lease held = holder.lock("b").acquire()) {
          held.checkValid();
          assertThatThrownBy(() -> behind.lock("b").tryAcquire()).isInstanceOf(TyerException.class);
          held.checkValid();
        }
      } finally {
        harm.join();
      }
      Await.until(
          "it grants again",
          () -> {
            try {
              return behind.lock("b").tryAcquire().map(CutFollowerTest::give).isPresent();
            } catch (TyerException e) {
              return false;
            }
          });
    }
  }

  private static boolean give(Lease lease) {
    lease.close();
    return true;
  }
}
