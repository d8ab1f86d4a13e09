package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is dead, when, by which clock; and that it is decided once. */
class DeathTest {

  private static final LockName A = LockName.of("a");
  private static final long TTL = Client.TTL_MILLIS;

  private final World world = new World(3);
  private final Shelf shelf = new Shelf(world, 1);
  private final FakeProcesses host = new FakeProcesses("boot 1", "boot 1/pids");
  private final FakeProcesses otherHost = new FakeProcesses("boot 2", "boot 2/pids");

  /** Holds the lock; on the first host. */
  private final Client holder = client("holder", host, 0);

  private final RequestId held = holder.request();
  private long number;

  @BeforeEach
  void take() {
    number = holder.take(A, held);
  }

  private Client client(String name, ProcessProof proof, long wallOffsetMillis) {
    // Clocks of one host agree; others may show anything.
    long nanoOffset = proof == host ? 5 : world.random.nextLong() >> 2;
    return new Client(shelf, name, new HandDriven(world, nanoOffset, wallOffsetMillis), proof);
  }

  private boolean canTake(Client client) {
    RequestId request = client.request();
    TicketState state = client.tryEnter(A, client.exclusive(request)).value();
    return state instanceof TicketState.Granted;
  }

  private boolean holderIsAlive() {
    return !holder.beat().failed()
        && holder.check(A, held, number).value() instanceof TicketState.Granted;
  }

  @Test
  void onOneClockASessionDiesWhenItsTtlHasPassedAndNotBefore() {
    Client other = client("other", host, 0);
    world.passMillis(TTL);
    assertThat(canTake(other)).isFalse();
    world.passMillis(1);
    assertThat(canTake(other)).isTrue();
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void aBeatCountsFromWhenItWasWritten() {
    Client other = client("other", host, 0);
    world.passMillis(TTL - 1);
    holder.beat().value();
    world.passMillis(TTL);
    assertThat(canTake(other)).isFalse();
    assertThat(holderIsAlive()).isTrue();
  }

  @Test
  void anObserverElsewhereCountsFromWhenItFirstSawTheBeat() {
    // Its wall clock makes every look at this beat seem young, so that it asks nobody.
    Client other = client("other", otherHost, -TTL * 5 / 6);
    world.passMillis(TTL / 3);
    assertThat(canTake(other)).isFalse();
    world.passMillis(TTL);
    assertThat(canTake(other)).isFalse();
    world.passMillis(1);
    assertThat(canTake(other)).isTrue();
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void anObserverElsewhereSeesEachBeatAnew() {
    Client other = client("other", otherHost, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(canTake(other)).isFalse();
      world.passMillis(TTL * 2 / 3);
      holder.beat().value();
    }
    assertThat(holderIsAlive()).isTrue();
    assertThat(other.medium.ages).isEmpty();
  }

  @Test
  void aCallForAttentionIsNoBeat() {
    Client other = client("other", otherHost, 0);
    other.medium.losesHints = true;
    assertThat(canTake(other)).isFalse();
    for (int i = 0; i < 3; i++) {
      world.passMillis(TTL / 3);
      other.revoke(A, java.util.OptionalLong.empty(), false).value();
      assertThat(canTake(other)).isFalse();
    }
    world.passMillis(2);
    assertThat(canTake(other)).isTrue();
  }

  @Test
  void oneWhoJustCameSeesDeathByTheStoresClock() {
    world.passMillis(TTL + 1);
    assertThat(canTake(client("other", otherHost, 0))).isTrue();
  }

  @Test
  void oneWhoJustCameDoesNotSeeDeathEarlyByTheStoresClock() {
    world.passMillis(TTL);
    assertThat(canTake(client("other", otherHost, 0))).isFalse();
    assertThat(holderIsAlive()).isTrue();
  }

  @Test
  void whatTheStoresClockSaidIsCountedOnByTheOwn() {
    world.passMillis(TTL - 10);
    Client other = client("other", otherHost, 0);
    other.medium.counts = true;
    assertThat(canTake(other)).isFalse();
    world.passMillis(10);
    assertThat(canTake(other)).isFalse();
    world.passMillis(1);
    assertThat(canTake(other)).isTrue();
    assertThat(other.medium.ages).hasSize(1);
  }

  @Test
  void wallClocksDecideNothing() {
    for (long offset : new long[] {-3_600_000, 3_600_000}) {
      Client other = client("other", otherHost, offset);
      other.medium.counts = true;
      for (int i = 0; i < 5; i++) {
        assertThat(canTake(other)).isFalse();
      }
      // Asked once for this beat, since the clocks do not agree.
      assertThat(other.medium.ages).hasSize(1);
    }
    assertThat(holderIsAlive()).isTrue();
    world.passMillis(TTL + 1);
    assertThat(canTake(client("another", otherHost, -TTL))).isFalse();
    assertThat(canTake(client("yet another", otherHost, 0))).isTrue();
  }

  @Test
  void theStoresClockIsNotAskedAboutABeatThatSeemsYoung() {
    Client other = client("other", otherHost, 0);
    other.medium.counts = true;
    assertThat(canTake(other)).isFalse();
    assertThat(other.medium.ages).isEmpty();
  }

  @Test
  void aSessionWithoutARecordIsDead() {
    shelf.removeByHand(SessionRecords.key(holder.id()));
    assertThat(canTake(client("other", otherHost, 0))).isTrue();
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void aBeatThatComesBeforeTheDeathMarkVoidsIt() {
    Client other = client("other", host, 0);
    world.passMillis(TTL + 1);
    boolean[] beaten = {false};
    other.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.REPLACE
                && key.equals(SessionRecords.key(holder.id()))
                && !beaten[0]) {
              beaten[0] = true;
              holder.beat().value();
            }
          }
        };
    assertThat(canTake(other)).isFalse();
    assertThat(beaten[0]).isTrue();
    assertThat(holderIsAlive()).isTrue();
  }

  @Test
  void aBeatThatComesAfterTheDeathMarkFails() {
    Client other = client("other", host, 0);
    world.passMillis(TTL + 1);
    boolean[] judged = {false};
    holder.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.REPLACE && !judged[0]) {
              judged[0] = true;
              assertThat(canTake(other)).isTrue();
            }
          }
        };
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(judged[0]).isTrue();
  }

  @Test
  void aDeathMarkOfWhichTheAnswerIsLostCounts() {
    Client other = client("other", host, 0);
    world.passMillis(TTL + 1);
    other.medium.hook =
        new HookedMedium.Hook() {
          private boolean lost;

          @Override
          public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE && !lost) {
              lost = true;
              throw HookedMedium.unknown();
            }
          }
        };
    assertThat(canTake(other)).isTrue();
  }

  @Test
  void deathIsFinalThoughTheTicketIsStillThere() {
    Client other = client("other", host, 0);
    world.passMillis(TTL + 1);
    // Marked, and then the observer dies before it drops a ticket.
    other.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE && key.kind() == RecordKey.Kind.LINES) {
              throw HookedMedium.unreachable();
            }
          }
        };
    assertThat(other.tryEnter(A, other.exclusive(other.request())).failed()).isTrue();
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(holder.check(A, held, number).failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(canTake(client("third", otherHost, 0))).isTrue();
  }

  @Test
  void aTicketThatADeadSessionTakesLateIsInNobodysWay() throws Exception {
    Client other = client("other", host, 0);
    world.passMillis(TTL + 1);
    LockName b = LockName.of("b");
    // Others bury the holder; only then its request arrives: it does not know.
    RequestId late = holder.request();
    boolean[] buried = {false};
    holder.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (!buried[0] && call == HookedMedium.Call.REPLACE) {
              buried[0] = true;
              other.beatAndSweep();
            }
          }
        };
    other.session = Answer.<io.tyer.spi.StoreSession>of(r -> reopen(other, r)).value();
    holder.enter(b, holder.exclusive(late)).value();
    assertThat(buried[0]).isTrue();
    assertThat(shelf.line(b).length()).isEqualTo(1);

    assertThat(other.tryEnter(b, other.exclusive(other.request())).value())
        .isInstanceOf(TicketState.Granted.class);
  }

  private static void reopen(Client client, io.tyer.spi.Reply<io.tyer.spi.StoreSession> reply) {
    reply.done(client.open());
  }

  @Test
  void aSessionWhoseProcessesAreGoneIsDeadAtOnce() {
    host.starts.put(10L, 1L);
    host.starts.put(11L, 2L);
    Client other = client("other", host, 0);
    holder.bearers = new Bearers(List.of(10L, 11L));
    holder.beat().value();
    assertThat(canTake(other)).isFalse();
    host.starts.remove(10L);
    assertThat(canTake(other)).isFalse();
    host.starts.put(11L, 3L);
    assertThat(canTake(client("elsewhere", otherHost, 0))).isFalse();
    assertThat(canTake(other)).isTrue();
    assertThat(holder.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void aBeatThatWasOvertakenDoesNotBringBackOlderBearers() {
    host.starts.put(10L, 1L);
    host.starts.put(11L, 2L);
    Bearers older = new Bearers(List.of(10L));
    holder.bearers = new Bearers(List.of(11L)).newerThan(older);
    holder.beat().value();
    holder.bearers = older;
    holder.beat().value();
    host.starts.remove(10L);
    assertThat(canTake(client("other", host, 0))).isFalse();
    host.starts.remove(11L);
    assertThat(canTake(client("other", host, 0))).isTrue();
  }

  @Test
  void nothingIsProvedWithoutBearers() {
    Client other = client("other", host, 0);
    assertThat(canTake(other)).isFalse();
  }

  @Test
  void nothingIsProvedOfABearerThatCouldNotBeTold() {
    host.starts.put(10L, 1L);
    holder.bearers = new Bearers(List.of(10L, FakeProcesses.HIDDEN));
    holder.beat().value();
    host.starts.clear();
    assertThat(canTake(client("other", host, 0))).isFalse();
  }

  @Test
  void nothingIsProvedByOneWhoCannotSeeAll() {
    host.starts.put(10L, 1L);
    holder.bearers = new Bearers(List.of(10L));
    holder.beat().value();
    host.starts.clear();
    host.blind = true;
    assertThat(canTake(client("blind", host, 0))).isFalse();
    host.blind = false;
    host.processes = "";
    assertThat(canTake(client("other namespace unseen", host, 0))).isFalse();
    host.processes = "boot 1/other pids";
    assertThat(canTake(client("in another namespace", host, 0))).isFalse();
    host.processes = "boot 1/pids";
    assertThat(canTake(client("who sees", host, 0))).isTrue();
  }

  @Test
  void aWaiterThatChecksDropsTheDeadAndWakesWhoIsGrantedByIt() {
    Client second = client("second", host, 0);
    Client third = client("third", host, 0);
    RequestId waits = second.request();
    long next = second.queue(A, waits);
    RequestId behind = third.request();
    long last = third.queue(A, behind);
    world.passMillis(TTL);
    second.beat().value();
    third.beat().value();
    world.passMillis(1);
    assertThat(third.check(A, behind, last).value())
        .isInstanceOfSatisfying(
            TicketState.Waiting.class, state -> assertThat(state.ahead()).isEqualTo(2));
    assertThat(second.check(A, waits, next).value())
        .isEqualTo(new TicketState.Granted(next, false, 1));
    assertThat(second.told).isEmpty();
    world.passMillis(TTL);
    third.beat().value();
    assertThat(third.check(A, behind, last).value())
        .isEqualTo(new TicketState.Granted(last, false, 0));
  }

  @Test
  void aTryThatDropsTheDeadWakesTheNextInLineAndIsRefused() {
    Client second = client("second", host, 0);
    RequestId waits = second.request();
    TicketState waiting =
        second.enter(A, io.tyer.line.Ask.shared(second.id(), waits, "", 1, 2, false)).value();
    world.passMillis(TTL);
    second.beat().value();
    world.passMillis(1);
    Client third = client("third", host, 0);
    // The second is in its way and alive; only the shared try meets the dead one first.
    assertThat(
            third
                .tryEnter(A, io.tyer.line.Ask.shared(third.id(), third.request(), "", 1, 2, false))
                .value())
        .isInstanceOf(TicketState.Granted.class);
    assertThat(second.told)
        .containsExactly("granted a " + ((TicketState.Waiting) waiting).number());
  }

  @Test
  void theOwnSessionIsNotJudgedByItself() {
    world.passMillis(TTL + Duration.ofDays(1).toMillis());
    RequestId again = holder.request();
    long behind = holder.queue(A, again);
    assertThat(holder.check(A, again, behind).value()).isInstanceOf(TicketState.Waiting.class);
    assertThat(holderIsAlive()).isTrue();
  }
}
