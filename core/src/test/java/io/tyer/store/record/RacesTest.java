package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Races and failures, each forced at the very call where it matters. */
class RacesTest {

  private static final LockName A = LockName.of("a");

  private final World world = new World(2);
  private final Shelf shelf = new Shelf(world, 1);
  private final Client one = new Client(shelf, "one");
  private final Client two = new Client(shelf, "two");
  private final RecordKey home = shelf.home(A);

  /** Runs something once, just before this client's next call of a kind to a record. */
  private static void onceBefore(
      Client client, HookedMedium.Call call, RecordKey key, Runnable what) {
    client.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call made, RecordKey at) {
            if (made == call && at.equals(key)) {
              client.medium.hook = HookedMedium.NOTHING;
              what.run();
            }
          }
        };
  }

  /** Lets this client's next replacements of a record succeed without its learning of it. */
  private static void loseAnswers(Client client, RecordKey key, int times) {
    AtomicInteger left = new AtomicInteger(times);
    client.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void after(HookedMedium.Call made, RecordKey at) throws StoreException {
            if (made == HookedMedium.Call.REPLACE && at.equals(key) && left.getAndDecrement() > 0) {
              throw HookedMedium.unknown();
            }
          }
        };
  }

  private static void failAlways(Client client, HookedMedium.Call call, StoreException failure) {
    client.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call made, RecordKey at) throws StoreException {
            if (made == call) {
              throw failure;
            }
          }
        };
  }

  @Test
  void twoThatEnterAtOnceGetDifferentTickets() {
    RequestId first = one.request();
    long[] numbers = new long[2];
    onceBefore(one, HookedMedium.Call.REPLACE, home, () -> numbers[1] = two.take(A, two.request()));
    numbers[0] = one.queue(A, first);
    assertThat(numbers[0]).isGreaterThan(numbers[1]);
  }

  @Test
  void twoThatCreateABucketAtOnceNeverGiveOneNumberTwice() {
    // At each step of the creation, the other one creates the bucket, uses it, and has it removed.
    for (HookedMedium.Call call :
        new HookedMedium.Call[] {HookedMedium.Call.REPLACE, HookedMedium.Call.READ}) {
      for (RecordKey key :
          new RecordKey[] {home, new RecordKey(RecordKey.Kind.SHARED, "numbers")}) {
        for (int step = 0; step < 4; step++) {
          shelf.removeByHand(home);
          int[] calls = {step};
          long[] other = {0};
          one.medium.hook =
              new HookedMedium.Hook() {
                @Override
                public void before(HookedMedium.Call made, RecordKey at) {
                  if (made == call && at.equals(key) && calls[0]-- == 0) {
                    RequestId request = two.request();
                    other[0] = two.take(A, request);
                    two.leave(A, request, other[0]);
                    shelf.removeByHand(home);
                  }
                }
              };
          RequestId request = one.request();
          long number = one.take(A, request);
          one.medium.hook = HookedMedium.NOTHING;
          assertThat(number).as("%s %s %d", call, key, step).isGreaterThan(other[0]);
        }
      }
    }
  }

  @Test
  void numbersGrowThoughTheBucketIsRemovedByHandAgainAndAgain() {
    long last = 0;
    for (int i = 0; i < 20; i++) {
      for (Client client : new Client[] {one, two, one}) {
        RequestId request = client.request();
        long number = client.take(A, request);
        assertThat(number).isGreaterThan(last);
        last = number;
        client.leave(A, request, number);
      }
      shelf.removeByHand(home);
    }
    assertThat(last).isLessThan(1L << 51);
  }

  @Test
  void numbersGrowThoughTheHighWaterMarkIsRemovedByHand() {
    RequestId request = one.request();
    long before = one.take(A, request);
    one.leave(A, request, before);
    shelf.removeByHand(new RecordKey(RecordKey.Kind.SHARED, "numbers"));
    assertThat(two.take(A, two.request())).isGreaterThan(before);
  }

  @Test
  void numbersGrowThoughMarkAndBucketAreRemovedByHand() {
    RequestId request = one.request();
    long before = one.take(A, request);
    one.leave(A, request, before);
    for (Client client : new Client[] {one, two}) {
      shelf.removeByHand(home);
      shelf.removeByHand(new RecordKey(RecordKey.Kind.SHARED, "numbers"));
      // Who remembers the mark needs no clock.
      world.passMillis(client == one ? 0 : 3_000);
      long number = client.take(A, request);
      assertThat(number).isGreaterThan(before);
      before = number;
    }
  }

  @Test
  void anEnterOfWhichTheAnswerIsLostFindsItsTicket() throws Exception {
    RequestId request = one.request();
    loseAnswers(one, home, 3);
    long number = one.take(A, request);
    assertThat(shelf.line(A).tickets()).extracting("number").containsExactly(number);
  }

  @Test
  void aTryOfWhichTheAnswerIsLostIsLookedForAndNotRepeated() throws Exception {
    RequestId request = one.request();
    loseAnswers(one, home, 1);
    assertThat(one.tryEnter(A, one.exclusive(request)).value())
        .isInstanceOf(TicketState.Granted.class);
    assertThat(one.leave(A, request, 0).value()).isTrue();

    // Its ticket is taken away before it can look: it must not take another one.
    one.medium.hook =
        new HookedMedium.Hook() {
          private boolean lost;

          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (lost && call == HookedMedium.Call.READ) {
              two.revoke(A, OptionalLong.empty(), true).value();
            }
          }

          @Override
          public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (!lost && call == HookedMedium.Call.REPLACE && key.equals(home)) {
              lost = true;
              throw HookedMedium.unknown();
            }
          }
        };
    RequestId again = one.request();
    assertThat(one.tryEnter(A, one.exclusive(again)).failure().kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void nothingIsWrittenWhenTheTimeForARequestIsOver() throws Exception {
    one.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void after(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.READ) {
              world.passMillis(6_000);
            }
          }
        };
    assertThat(one.enter(A, one.exclusive(one.request())).failure().kind())
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void aLeaveOfWhichTheAnswerIsLostStillWakesTheNext() {
    RequestId request = one.request();
    long number = one.take(A, request);
    RequestId second = two.request();
    long behind = two.queue(A, second);
    loseAnswers(one, home, 1);
    assertThat(one.leave(A, request, number).value()).isTrue();
    assertThat(two.told).containsExactly("granted a " + behind);
  }

  /** Lets this client's next write count, loses its answer, and then keeps the store away. */
  private static void loseAnswerAndStore(Client client) {
    client.medium.hook =
        new HookedMedium.Hook() {
          private boolean lost;

          @Override
          public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (lost) {
              throw HookedMedium.unreachable();
            }
          }

          @Override
          public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE) {
              lost = true;
              throw HookedMedium.unknown();
            }
          }
        };
  }

  @Test
  void whatStaysUnknownIsSaidToBe() {
    RequestId request = one.request();
    one.leave(A, request, one.take(A, request));
    loseAnswerAndStore(one);
    RequestId next = one.request();
    assertThat(one.enter(A, one.exclusive(next)).failure().kind()).isEqualTo(Kind.UNKNOWN);
    one.medium.hook = HookedMedium.NOTHING;
    assertThat(one.check(A, next, 0).value()).isInstanceOf(TicketState.Granted.class);
  }

  @Test
  void aStoreThatIsAwayIsUnreachableAndNothingWasDone() {
    failAlways(one, HookedMedium.Call.REPLACE, HookedMedium.unreachable());
    RequestId request = one.request();
    assertThat(one.enter(A, one.exclusive(request)).failure().kind()).isEqualTo(Kind.UNREACHABLE);
    one.medium.hook = HookedMedium.NOTHING;
    assertThat(one.check(A, request, 0).value()).isEqualTo(new TicketState.Gone());
  }

  @Test
  void aRecordThatNeverRestsIsUnreachableInTheEndAndNeverBusy() {
    one.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.REPLACE && key.equals(home)) {
              world.passMillis(300);
              RequestId request = two.request();
              two.leave(A, request, two.take(A, request));
            }
          }
        };
    StoreException failure = one.tryEnter(A, one.exclusive(one.request())).failure();
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("too busy");
  }

  @Test
  void interruptsAreNeitherHeededNorLost() {
    RequestId request = one.request();
    int[] conflicts = {20};
    one.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.REPLACE && key.equals(home) && conflicts[0]-- > 0) {
              RequestId other = two.request();
              two.leave(A, other, two.take(A, other));
            }
          }
        };
    Thread.currentThread().interrupt();
    assertThat(one.enter(A, one.exclusive(request)).value())
        .isInstanceOf(TicketState.Granted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aCallForAttentionThatRacesWithABeatIsNotLost() {
    two.take(A, two.request());
    one.medium.losesHints = true;
    two.beat().value();
    onceBefore(
        two,
        HookedMedium.Call.REPLACE,
        SessionRecords.key(two.id()),
        () -> one.revoke(A, OptionalLong.empty(), false).value());
    boolean first = two.beat().value().attention();
    boolean second = two.beat().value().attention();
    assertThat(first || second).isTrue();
    assertThat(two.beat().value().attention()).isFalse();
  }

  @Test
  void aBeatThatRacesWithACallForAttentionDoesNotVoidIt() {
    two.take(A, two.request());
    one.medium.losesHints = true;
    onceBefore(
        one,
        HookedMedium.Call.REPLACE,
        SessionRecords.key(two.id()),
        () -> assertThat(two.beat().value().attention()).isFalse());
    one.revoke(A, OptionalLong.empty(), false).value();
    assertThat(two.beat().value().attention()).isTrue();
  }

  @Test
  void aBeatOfWhichTheAnswerIsLostDoesNotSwallowACallForAttention() {
    two.take(A, two.request());
    one.medium.losesHints = true;
    one.revoke(A, OptionalLong.empty(), false).value();
    two.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE) {
              throw HookedMedium.unknown();
            }
          }
        };
    assertThat(two.beat().failure().kind()).isEqualTo(Kind.UNKNOWN);
    two.medium.hook = HookedMedium.NOTHING;
    assertThat(two.beat().value().attention()).isTrue();
  }

  @Test
  void anEnterThatIsOvertakenByTheEndOfItsSessionLeavesNoTicket() throws Exception {
    onceBefore(one, HookedMedium.Call.REPLACE, home, () -> one.end().value());
    assertThat(one.enter(A, one.exclusive(one.request())).failure().kind())
        .isEqualTo(Kind.SESSION_DEAD);
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void anEndThatFailsHalfwayCanBeRepeated() throws Exception {
    LockName b = LockName.of("b");
    one.take(A, one.request());
    one.take(b, one.request());
    failAlways(one, HookedMedium.Call.REMOVE, HookedMedium.unreachable());
    assertThat(one.end().failure().kind()).isEqualTo(Kind.UNREACHABLE);
    failAlways(one, HookedMedium.Call.REPLACE, HookedMedium.unreachable());
    one.end();
    one.medium.hook = HookedMedium.NOTHING;
    assertThat(one.end().value()).isTrue();
    assertThat(shelf.lines()).isEmpty();
    assertThat(shelf.keys(RecordKey.Kind.SESSION)).containsExactly(SessionRecords.key(two.id()));
    assertThat(shelf.inboxes).containsOnlyKeys(two.id());
  }

  @Test
  void anEndDropsTheTicketOfAnEnterThatStayedUnknown() throws Exception {
    RequestId request = one.request();
    one.leave(A, request, one.take(A, request));
    loseAnswerAndStore(one);
    assertThat(one.enter(A, one.exclusive(request)).failure().kind()).isEqualTo(Kind.UNKNOWN);
    one.medium.hook = HookedMedium.NOTHING;
    assertThat(shelf.line(A).length()).isEqualTo(1);
    one.end().value();
    assertThat(shelf.lines()).isEmpty();
  }

  @Test
  void anEndMarksItsSessionDeadBeforeItDropsATicket() {
    one.take(A, one.request());
    RecordKey session = SessionRecords.key(one.id());
    boolean[] dead = {false};
    onceBefore(
        one,
        HookedMedium.Call.REPLACE,
        home,
        () -> {
          Stamped stamped = shelf.read(session);
          assertThat(stamped).isNotNull();
          try {
            dead[0] = new SessionCodec().decode(session, stamped).dead();
          } catch (MalformedRecordException e) {
            throw new AssertionError(e);
          }
        });
    one.end().value();
    assertThat(dead[0]).isTrue();
  }

  @Test
  void anOpenOfWhichTheAnswerIsLostIsSettled() {
    one.medium.hook =
        new HookedMedium.Hook() {
          private int lost = 2;

          @Override
          public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (call == HookedMedium.Call.REPLACE && lost-- > 0) {
              throw HookedMedium.unknown();
            }
          }
        };
    one.open();
    assertThat(one.beat().value().attention()).isFalse();
  }
}
