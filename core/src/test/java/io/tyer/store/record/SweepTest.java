package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That nothing is left of who has ended or died (L3). */
class SweepTest {

  private static final LockName A = LockName.of("a");
  private static final LockName B = LockName.of("b");
  private static final long TTL = Client.TTL_MILLIS;

  private final World world = new World(4);
  private final Shelf shelf = new Shelf(world, 3);
  private final Client one = new Client(shelf, "one");
  private final Client two = new Client(shelf, "two");

  private List<String> sessions() {
    List<String> ids = new ArrayList<>();
    for (RecordKey key : shelf.keys(RecordKey.Kind.SESSION)) {
      ids.add(key.id());
    }
    return ids;
  }

  /** Lets time pass in which only the second client beats. */
  private void liveOn(long millis) {
    for (long passed = 0; passed < millis; passed += TTL / 3) {
      world.passMillis(TTL / 3);
      two.beatAndSweep();
    }
  }

  @Test
  void nothingIsLeftOfASessionThatHasEnded() throws Exception {
    one.take(A, one.request());
    one.take(B, one.request());
    long behind = two.queue(A, two.request());
    assertThat(one.end().value()).isTrue();
    assertThat(two.told).containsExactly("granted a " + behind);
    assertThat(sessions()).containsExactly(two.id().toString());
    assertThat(shelf.inboxes).containsOnlyKeys(two.id());
    assertThat(shelf.lines()).containsOnlyKeys(A);
    assertThat(two.end().value()).isTrue();
    assertThat(shelf.lines()).isEmpty();
    assertThat(sessions()).isEmpty();
    assertThat(shelf.inboxes).isEmpty();
  }

  @Test
  void nothingIsLeftOfASessionThatDiedAfterItsTtlAndASweep() throws Exception {
    one.take(A, one.request());
    one.take(B, one.request());
    two.queue(B, two.request());
    // TTL until the death can be known, and at most one and a quarter until the next sweep.
    liveOn(TTL * 9 / 4 + TTL / 3);
    assertThat(sessions()).containsExactly(two.id().toString());
    assertThat(shelf.inboxes).containsOnlyKeys(two.id());
    assertThat(shelf.lines()).containsOnlyKeys(B);
    assertThat(shelf.line(B).tickets()).extracting("session").containsExactly(two.id());
    assertThat(two.told).contains("granted b " + shelf.line(B).tickets().get(0).number());
  }

  @Test
  void ticketsOfSessionsWithoutRecordAreDroppedLikewise() throws Exception {
    one.take(A, one.request());
    shelf.removeByHand(SessionRecords.key(one.id()));
    liveOn(TTL * 5 / 4 + TTL / 3);
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void aClientSweepsItsOwnSessionsThatWereLeftToDie() throws Exception {
    StoreSession detached = two.session;
    two.take(A, two.request());
    two.open();
    liveOn(TTL * 9 / 4 + TTL / 3);
    assertThat(sessions()).containsExactly(two.id().toString());
    assertThat(shelf.lines()).isEmpty();
    assertThat(two.told).contains("ended");
    assertThat(Answer.<Boolean>of(detached::end).value()).isFalse();
  }

  @Test
  void theLivingAreLeftAlone() throws Exception {
    RequestId request = one.request();
    long number = one.take(A, request);
    for (int i = 0; i < 12; i++) {
      world.passMillis(TTL / 3);
      one.beat().value();
      two.beatAndSweep();
    }
    assertThat(shelf.line(A).isGranted(number)).isTrue();
    assertThat(shelf.inboxes).containsOnlyKeys(one.id(), two.id());
  }

  @Test
  void clientsTakeTurns() {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      clients.add(new Client(shelf, "client " + i));
    }
    int[] sweeps = {0};
    for (Client client : clients) {
      client.medium.hook =
          new HookedMedium.Hook() {
            @Override
            public void before(HookedMedium.Call call, RecordKey key) {
              if (call == HookedMedium.Call.LIST && key.kind() == RecordKey.Kind.LINES) {
                sweeps[0]++;
              }
            }
          };
    }
    for (int i = 0; i < 30; i++) {
      world.passMillis(TTL / 3);
      for (Client client : clients) {
        client.beatAndSweep();
      }
    }
    assertThat(sweeps[0]).isBetween(8, 21);
  }

  @Test
  void ofTwoThatClaimATurnAtOnceOneSweeps() {
    boolean[] swept = {false};
    one.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.REPLACE && key.id().equals("sweep")) {
              two.beatAndSweep();
            }
            swept[0] |= call == HookedMedium.Call.LIST;
          }
        };
    one.beatAndSweep();
    assertThat(swept[0]).isFalse();
  }

  @Test
  void aStoreWhoseClockWasSetBackIsSweptAllTheSame() throws Exception {
    two.beatAndSweep();
    one.take(A, one.request());
    shelf.clockSetNanos = -100 * TTL * 1_000_000;
    liveOn(TTL * 9 / 4 + TTL / 3);
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void aSweepThatIsBrokenOffIsMadeUpFor() throws Exception {
    one.take(A, one.request());
    two.medium.hook =
        new HookedMedium.Hook() {
          private int times = 3;

          @Override
          public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE
                && key.kind() == RecordKey.Kind.LINES
                && times-- > 0) {
              throw HookedMedium.unreachable();
            }
          }
        };
    liveOn(TTL * 8);
    assertThat(shelf.lines()).isEmpty();
    assertThat(sessions()).containsExactly(two.id().toString());
  }

  @Test
  void whatCannotBeReadIsLeftOutAndTheRestSwept() throws Exception {
    one.take(A, one.request());
    SessionId stranger = new SessionId(1, 2);
    shelf.writeByHand(SessionRecords.key(stranger), new byte[] {'S', 99, 1});
    shelf.writeByHand(new RecordKey(RecordKey.Kind.LINES, "zz"), new byte[] {'L', 99, 1});
    shelf.writeByHand(new RecordKey(RecordKey.Kind.SESSION, "lost-and-found"), new byte[] {1});
    liveOn(TTL * 9 / 4 + TTL / 3);
    assertThat(sessions())
        .containsExactlyInAnyOrder(two.id().toString(), stranger.toString(), "lost-and-found");
    shelf.removeByHand(new RecordKey(RecordKey.Kind.LINES, "zz"));
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void aStoreThatIsClosedSweepsNoMore() {
    one.take(A, one.request());
    world.passMillis(TTL + 1);
    two.store.close();
    two.beat();
    two.machine.runIo();
    assertThat(sessions()).hasSize(2);
  }
}
