package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the requests do when nothing is in their way, and what they cost. */
class RecordLineStoreTest {

  private static final LockName A = LockName.of("a");

  private final World world = new World(1);
  private final Shelf shelf = new Shelf(world, 4);
  private final Client one = new Client(shelf, "one");
  private final Client two = new Client(shelf, "two");

  @Test
  void theSecondWaitsUntilTheFirstHasLeft() {
    RequestId first = one.request();
    RequestId second = two.request();
    long number = one.take(A, first);
    TicketState waiting = two.enter(A, two.exclusive(second)).value();

    assertThat(waiting).isInstanceOf(TicketState.Waiting.class);
    TicketState.Waiting state = (TicketState.Waiting) waiting;
    assertThat(state.number()).isGreaterThan(number);
    assertThat(state.ahead()).isEqualTo(1);
    assertThat(state.blockers()).extracting("number").containsExactly(number);
    assertThat(one.check(A, first, number).value())
        .isEqualTo(new TicketState.Granted(number, false, 1));

    assertThat(one.leave(A, first, number).value()).isTrue();
    assertThat(two.told).containsExactly("granted a " + state.number());
    assertThat(two.check(A, second, state.number()).value())
        .isEqualTo(new TicketState.Granted(state.number(), false, 0));
    assertThat(one.check(A, first, number).value()).isEqualTo(new TicketState.Gone());
    assertThat(one.leave(A, first, number).value()).isFalse();
  }

  @Test
  void aSessionOfTheSameStoreIsToldAtOnceThatItsTicketIsGranted() {
    StoreSession before = one.session;
    RequestId first = one.request();
    long number = one.take(A, first);
    one.open();
    RequestId second = one.request();
    long next = one.queue(A, second);

    assertThat(Answer.<Boolean>of(reply -> before.leave(A, first, number, reply)).value()).isTrue();
    assertThat(one.told).containsExactly("granted a " + next);
  }

  @Test
  void aTryIsRefusedAndTakesNoTicket() throws Exception {
    long number = one.take(A, one.request());
    RequestId request = two.request();
    TicketState refused = two.tryEnter(A, two.exclusive(request)).value();
    assertThat(refused).isInstanceOf(TicketState.Refused.class);
    assertThat(((TicketState.Refused) refused).blockers())
        .extracting("number")
        .containsExactly(number);
    assertThat(two.check(A, request, 0).value()).isEqualTo(new TicketState.Gone());
    assertThat(shelf.line(A).length()).isEqualTo(1);
  }

  @Test
  void aTicketIsFoundAgainAndGivenBackByItsRequestAlone() {
    RequestId request = one.request();
    long number = one.take(A, request);
    assertThat(one.take(A, request)).isEqualTo(number);
    assertThat(one.check(A, request, 0).value())
        .isEqualTo(new TicketState.Granted(number, false, 0));
    assertThat(one.leave(A, request, 0).value()).isTrue();
  }

  @Test
  void nobodyGivesBackTheTicketOfAnother() {
    RequestId request = one.request();
    long number = one.take(A, request);
    assertThat(two.leave(A, request, number).value()).isFalse();
    assertThat(two.leave(A, request, 0).value()).isFalse();
    assertThat(two.check(A, request, number).value()).isEqualTo(new TicketState.Gone());
    assertThat(two.weaken(A, request, number, 1, 1).value()).isEqualTo(new TicketState.Gone());
    assertThat(two.enter(A, one.exclusive(two.request())).failure().kind()).isEqualTo(Kind.REFUSED);
    assertThat(one.check(A, request, number).value()).isInstanceOf(TicketState.Granted.class);
  }

  @Test
  void ofSeveralGrantsInOneLineASessionIsToldOnce() {
    RequestId writer = one.request();
    long number = one.take(A, writer);
    for (int reader = 0; reader < 3; reader++) {
      two.enter(A, Ask.shared(two.id(), two.request(), "test", 1, Ask.UNBOUNDED, false)).value();
    }
    assertThat(one.leave(A, writer, number).value()).isTrue();
    assertThat(two.told).containsExactly("changed a");
  }

  @Test
  void aWeakenedTicketLetsTheReadersIn() {
    RequestId writer = one.request();
    RequestId reader = two.request();
    long number = one.take(A, writer);
    TicketState waiting =
        two.enter(A, Ask.shared(two.id(), reader, "test", 1, Ask.UNBOUNDED, false)).value();

    assertThat(one.weaken(A, writer, number, 1, Ask.UNBOUNDED).value())
        .isEqualTo(new TicketState.Granted(number, false, 1));
    assertThat(two.told).containsExactly("granted a " + ((TicketState.Waiting) waiting).number());
    assertThat(two.check(A, reader, 0).value()).isInstanceOf(TicketState.Granted.class);
    assertThat(one.weaken(A, writer, number, 1, Ask.UNBOUNDED).value())
        .isInstanceOf(TicketState.Granted.class);
    assertThat(two.weaken(A, two.request(), 0, 1, Ask.UNBOUNDED).value())
        .isEqualTo(new TicketState.Gone());
  }

  @Test
  void aWaitingTicketCannotWeaken() {
    one.take(A, one.request());
    RequestId second = two.request();
    long number = two.queue(A, second);
    assertThat(two.weaken(A, second, number, 1, Ask.UNBOUNDED).failure().kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void aListShowsWhatIsHeldByNameAndPrefix() {
    one.take(LockName.of("x/1"), one.request());
    one.take(LockName.of("x/0"), one.request());
    two.queue(LockName.of("x/0"), two.request());
    one.take(LockName.of("y"), one.request());

    List<LineView> views = Answer.<List<LineView>>of(reply -> two.store.list("x/", reply)).value();
    assertThat(views).extracting(view -> view.name().text()).containsExactly("x/0", "x/1");
    assertThat(views.get(0).granted()).containsExactly(true, false);
    assertThat(views.get(0).tickets()).extracting("session").containsExactly(one.id(), two.id());
  }

  @Test
  void aListLeavesOutTheDeadAndDropsNothing() throws Exception {
    one.take(A, one.request());
    two.queue(A, two.request());
    shelf.removeByHand(SessionRecords.key(one.id()));

    List<LineView> views = Answer.<List<LineView>>of(reply -> two.store.list("", reply)).value();
    assertThat(views)
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.tickets()).extracting("session").containsExactly(two.id());
              assertThat(view.granted()).containsExactly(true);
            });
    assertThat(shelf.line(A).length()).isEqualTo(2);
  }

  @Test
  void anUncontendedPairCostsTwoReplacementsAndABeatOne() {
    for (int i = 0; i < 3; i++) {
      RequestId request = one.request();
      one.leave(A, request, one.take(A, request));
    }
    one.medium.counts = true;
    RequestId request = one.request();
    one.leave(A, request, one.take(A, request));
    one.beat();
    assertThat(one.medium.reads).isEmpty();
    assertThat(one.medium.replaces).hasSize(3);
  }

  @Test
  void aRecordThatOthersWriteToIsReadFirst() {
    for (int i = 0; i < 5; i++) {
      for (Client client : List.of(one, two)) {
        RequestId request = client.request();
        client.leave(A, request, client.take(A, request));
      }
    }
    one.medium.counts = true;
    RequestId request = one.request();
    long number = one.take(A, request);
    one.medium.counts = false;
    assertThat(one.medium.reads.size() + one.medium.replaces.size()).isLessThanOrEqualTo(3);
    assertThat(number).isPositive();
  }

  @Test
  void nothingIsAnsweredAfterClosing() {
    one.store.close();
    assertThat(one.beat().failure().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aRevokedTicketIsMarkedAndItsHolderTold() {
    RequestId request = two.request();
    long number = two.take(A, request);
    assertThat(one.revoke(A, OptionalLong.empty(), false).value()).isEqualTo(1);
    assertThat(two.told).containsExactly("changed a");
    assertThat(two.check(A, request, number).value())
        .isEqualTo(new TicketState.Granted(number, true, 0));
    assertThat(one.revoke(A, OptionalLong.of(number + 5), false).value()).isZero();
  }

  @Test
  void aTicketRevokedNowIsGoneAndTheNextGranted() {
    RequestId request = two.request();
    long number = two.take(A, request);
    RequestId second = one.request();
    long next = one.queue(A, second);
    assertThat(one.revoke(A, OptionalLong.of(number), true).value()).isEqualTo(1);
    assertThat(one.told).containsExactly("granted a " + next);
    assertThat(two.told).containsExactly("changed a");
    assertThat(two.check(A, request, number).value()).isEqualTo(new TicketState.Gone());
  }

  @Test
  void aRevokeOfWhichTheHintIsLostIsSeenByTheNextBeatAndOnlyByThat() {
    RequestId request = two.request();
    two.take(A, request);
    one.medium.losesHints = true;
    two.beat().value();
    one.revoke(A, OptionalLong.empty(), false).value();
    assertThat(two.told).isEmpty();
    assertThat(two.beat().value().attention()).isTrue();
    assertThat(two.beat().value().attention()).isFalse();
  }

  @Test
  void requestsOfASessionThatHasEndedFail() {
    RequestId request = one.request();
    one.take(A, request);
    assertThat(one.end().value()).isTrue();
    assertThat(one.end().value()).isTrue();
    assertThat(one.beat().failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(one.enter(A, one.exclusive(request)).failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(one.check(A, request, 0).failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(one.leave(A, request, 0).failure().kind()).isEqualTo(Kind.SESSION_DEAD);
    assertThat(one.weaken(A, request, 0, 1, 1).failure().kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void aBeatNamesTheBearersFromThenOn() {
    one.open(Bearers.self());
    assertThat(one.beat().value().attention()).isFalse();
    one.bearers = Bearers.none();
    assertThat(one.beat().value().attention()).isFalse();
  }
}
