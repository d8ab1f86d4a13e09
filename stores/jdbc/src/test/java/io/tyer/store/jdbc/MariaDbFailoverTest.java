package io.tyer.store.jdbc;

import static io.tyer.store.jdbc.FailedOver.SOON;
import static io.tyer.store.jdbc.FailedOver.open;
import static io.tyer.store.jdbc.FailedOver.takeAndGive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.servers.sql.MariaDbPair;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary that is killed, and a replica that takes its place. */
@Timeout(180)
@Tag("full")
class MariaDbFailoverTest {

  @TempDir Path directory;

  /** The same by MySQL's driver. */
  private static String mysql(String address) {
    return address
        .replace("jdbc:mariadb:sequential:", "jdbc:mysql:")
        .replace("sslMode=disable", "sslMode=DISABLED");
  }

  /** What is back in time is held on, and what is not is told lost. */
  @Test
  void withSynchronousReplicationTheSameClientsGoOnAndNothingIsGrantedTwice() throws Exception {
    try (MariaDbPair pair = MariaDbPair.start(directory, true);
        Tyer one = open(pair.address(), 60);
        Tyer two = open(pair.address(), 60);
        Tyer brief = open(pair.address(), 3)) {
      CompletableFuture<LossCause> lost = new CompletableFuture<>();
      brief.lock("brief").acquire().onLost(lost::complete);
      Lease held = one.lock("held").acquire();
      long heldToken = held.token();
      CompletableFuture<Lease> waiting = two.lock("held").acquireAsync();
      long token = takeAndGive(one);
      // Its user may do anything, and would write.
      assertThatThrownBy(() -> open(pair.replicaAddress(), 60).close())
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("is read-only, as a replica is");
      pair.killPrimary();
      assertThatThrownBy(() -> open(pair.address(), 60).close())
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("is read-only, as a replica is")
          .hasMessageContaining("Connection refused");
      assertThatThrownBy(() -> two.lock("other").tryAcquire())
          .isInstanceOf(StoreUnreachableException.class);
      assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.UNPROVED);
      pair.promote();
      long after = takeAndGive(two);
      assertThat(after).isGreaterThan(token);
      assertThat(takeAndGive(one)).isGreaterThan(after);
      assertThat(held.isValid()).isTrue();
      held.checkValid();
      assertThat(waiting).isNotDone();
      held.close();
      try (Lease next = waiting.get(60, TimeUnit.SECONDS)) {
        assertThat(next.token()).isGreaterThan(heldToken);
      }
      brief.lock("brief").tryAcquire(SOON).orElseThrow().close();
    }
  }

  /** Nothing in its tables says so; a client that has seen them later does. */
  @Test
  void aPrimaryThatComesBackWithWhatItHadIsNotTakenForTheNewOne() throws Exception {
    try (MariaDbPair pair = MariaDbPair.start(directory, false);
        Tyer one = open(pair.address(), 60)) {
      takeAndGive(one);
      pair.awaitReplica();
      pair.killPrimary();
      pair.promote();
      long token = takeAndGive(one);
      pair.startPrimaryAgain();
      try (Tyer two = open(pair.address(), 60)) {
        assertThat(takeAndGive(two)).as("by the one that writes").isGreaterThan(token);
        Lease held = one.lock("a").acquire();
        token = held.token();
        CompletableFuture<LossCause> lost = new CompletableFuture<>();
        held.onLost(lost::complete);
        pair.killReplica();
        pair.promotePrimaryAgain();
        assertThat(takeAndGive(two)).isGreaterThan(token);
        assertThat(lost.get(60, TimeUnit.SECONDS)).isNotNull();
      }
    }
  }

  /** Two hold, which only the tokens tell apart, until the first of them is told. */
  @Test
  void whereCommitsAreLostTokensStillGrow() throws Exception {
    try (MariaDbPair pair = MariaDbPair.start(directory, false);
        Tyer one = open(pair.address(), 60);
        Tyer two = open(mysql(pair.address()), 60)) {
      // Known to the replica: sessions, and a line that has had a ticket.
      long before = takeAndGive(one);
      Lease flushed = one.lock("c").acquire();
      CompletableFuture<Lease> waiting = two.lock("c").acquireAsync();
      takeAndGive(two);
      pair.awaitReplica();
      pair.separate();
      CompletableFuture<LossCause> lost = new CompletableFuture<>();
      Lease known = one.lock("a").acquire();
      known.onLost(lost::complete);
      long knownToken = known.token();
      long unknownToken = one.lock("b").acquire().token();
      assertThat(knownToken).isGreaterThan(before);
      pair.killPrimary();
      pair.promote();
      Lease again = two.lock("a").tryAcquire(SOON).orElseThrow();
      Lease first = two.lock("b").tryAcquire(SOON).orElseThrow();
      assertThat(again.token()).isGreaterThan(knownToken);
      assertThat(first.token()).isGreaterThan(unknownToken);
      assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.REMOVED);
      assertThat(waiting).isNotDone();
      flushed.checkValid();
      long flushedToken = flushed.token();
      flushed.close();
      assertThat(waiting.get(60, TimeUnit.SECONDS).token()).isGreaterThan(flushedToken);
    }
  }
}
