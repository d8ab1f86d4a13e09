package io.tyer.line;

import static io.tyer.line.Scene.MUTEX;
import static io.tyer.line.Scene.READ;
import static io.tyer.line.Scene.ask;
import static io.tyer.line.Scene.names;
import static io.tyer.line.Scene.permits;
import static io.tyer.line.Scene.request;
import static io.tyer.line.Scene.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Line.Changed;
import io.tyer.line.Line.Entered;
import io.tyer.line.Line.Standing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each operation, and what the rule means for each kind of lock. */
class LineTest {

  private final Scene scene = new Scene(0);

  @Test
  void aMutexIsGrantedToOneAfterTheOther() {
    assertThat(scene.enter("a", MUTEX)).isTrue();
    assertThat(scene.enter("b", MUTEX)).isFalse();
    assertThat(scene.enter("c", MUTEX)).isFalse();
    assertThat(scene.granted()).containsExactly("a");
    assertThat(scene.leave("a")).containsExactly("b");
    assertThat(scene.leave("c")).isEmpty();
    assertThat(scene.leave("b")).isEmpty();
    assertThat(scene.line().isEmpty()).isTrue();
    assertThat(scene.line().length()).isZero();
  }

  @Test
  void readersShare() {
    for (int i = 0; i < 100; i++) {
      assertThat(scene.enter("r" + i, READ)).isTrue();
    }
    assertThat(scene.line().length()).isEqualTo(100);
  }

  @Test
  void aWaitingWriterStopsNewReaders() {
    scene.enter("r1", READ);
    scene.enter("w", MUTEX);
    assertThat(scene.enter("r2", READ)).isFalse();
    assertThat(scene.enter("r3", READ)).isFalse();
    assertThat(scene.leave("r1")).containsExactly("w");
    assertThat(scene.leave("w")).containsExactly("r2", "r3");
  }

  @Test
  void aWriterThatGivesUpLetsTheReadersBehindItIn() {
    scene.enter("r1", READ);
    scene.enter("w", MUTEX);
    scene.enter("r2", READ);
    assertThat(scene.leave("w")).containsExactly("r2");
    assertThat(scene.granted()).containsExactly("r1", "r2");
  }

  @Test
  void aSemaphoreHasSoManyPermits() {
    assertThat(scene.enter("a", permits(1, 3))).isTrue();
    assertThat(scene.enter("b", permits(1, 3))).isTrue();
    assertThat(scene.enter("c", permits(1, 3))).isTrue();
    assertThat(scene.enter("d", permits(1, 3))).isFalse();
    assertThat(scene.enter("e", permits(1, 3))).isFalse();
    assertThat(scene.leave("b")).containsExactly("d");
    assertThat(scene.granted()).containsExactly("a", "c", "d");
  }

  @Test
  void oneThatLeavesWithManyPermitsGrantsSeveral() {
    scene.enter("big", permits(3, 3));
    scene.enter("a", permits(1, 3));
    scene.enter("b", permits(2, 3));
    scene.enter("c", permits(1, 3));
    assertThat(scene.leave("big")).containsExactly("a", "b");
    assertThat(scene.waiting()).containsExactly("c");
  }

  @Test
  void aBigRequestIsNotOvertakenBySmallOnes() {
    scene.enter("a", permits(1, 3));
    assertThat(scene.enter("big", permits(3, 3))).isFalse();
    assertThat(scene.enter("small", permits(1, 3))).isFalse();
    assertThat(scene.leave("a")).containsExactly("big");
    assertThat(scene.waiting()).containsExactly("small");
  }

  @Test
  void eachTicketKeepsItsOwnCapacity() {
    scene.enter("a", permits(1, 2));
    scene.enter("b", permits(1, 2));
    assertThat(scene.enter("c", permits(1, 2))).isFalse();
    assertThat(scene.enter("d", permits(1, 4))).isTrue();
    assertThat(scene.enter("e", permits(1, 4))).isFalse();
    assertThat(scene.leave("a")).containsExactly("c", "e");
  }

  @Test
  void permitsAndWritersExcludeEachOther() {
    scene.enter("p", permits(1, 3));
    assertThat(scene.enter("w", MUTEX)).isFalse();
    assertThat(scene.enter("q", permits(1, 3))).isFalse();
    assertThat(scene.leave("p")).containsExactly("w");
    assertThat(scene.leave("w")).containsExactly("q");
  }

  @Test
  void aDowngradeLetsReadersBehindInButNotPastAWriter() {
    scene.enter("w1", MUTEX);
    scene.enter("r1", READ);
    scene.enter("r2", READ);
    scene.enter("w2", MUTEX);
    scene.enter("r3", READ);
    long number = scene.number("w1");
    assertThat(scene.weaken("w1", READ)).containsExactly("r1", "r2");
    assertThat(scene.granted()).containsExactly("w1", "r1", "r2");
    assertThat(scene.waiting()).containsExactly("w2", "r3");
    Ticket weakened = scene.ticket("w1");
    assertThat(weakened.number()).isEqualTo(number);
    assertThat(weakened.exclusive()).isFalse();
    assertThat(weakened.capacity()).isEqualTo(Ask.UNBOUNDED);
  }

  @Test
  void weakeningAgainChangesNothing() {
    scene.enter("w", MUTEX);
    scene.weaken("w", READ);
    Changed again = scene.line().weaken(scene.number("w"), 1, Ask.UNBOUNDED, 9);
    assertThat(again.found()).isTrue();
    assertThat(again.line()).isSameAs(scene.line());
    assertThat(again.granted()).isEmpty();
  }

  @Test
  void onlyAGrantedExclusiveTicketWeakens() {
    scene.enter("w1", MUTEX);
    scene.enter("w2", MUTEX);
    scene.enter("r", READ);
    assertThatIllegalStateException()
        .isThrownBy(() -> scene.weaken("w2", READ))
        .withMessageContaining("waits");
    assertThatIllegalStateException()
        .isThrownBy(() -> scene.weaken("r", READ))
        .withMessageContaining("waits");
    scene.weaken("w1", READ);
    assertThatIllegalStateException()
        .isThrownBy(() -> scene.weaken("w1", permits(1, 5)))
        .withMessageContaining("another weight or capacity");
    assertThatIllegalArgumentException().isThrownBy(() -> scene.weaken("w1", permits(2, 1)));
    Changed unknown = scene.line().weaken(99, 1, 1, 0);
    assertThat(unknown.found()).isFalse();
    assertThat(unknown.line()).isSameAs(scene.line());
  }

  @Test
  void revokeMarksAndNothingElse() {
    scene.enter("a", MUTEX);
    scene.enter("b", MUTEX);
    for (String name : List.of("a", "b")) {
      Changed revoked = scene.line().revoke(scene.number(name));
      assertThat(revoked.found()).isTrue();
      scene.follow(revoked);
      assertThat(scene.ticket(name).revoked()).isTrue();
    }
    assertThat(scene.granted()).containsExactly("a");
    Changed again = scene.line().revoke(scene.number("a"));
    assertThat(again.line()).isSameAs(scene.line());
    assertThat(again.found()).isTrue();
    assertThat(scene.line().revoke(99).found()).isFalse();
    assertThat(scene.leave("a")).containsExactly("b");
    assertThat(scene.ticket("b").revoked()).isTrue();
  }

  @Test
  void aTryNeverBarges() {
    scene.enter("r", READ);
    scene.enter("w", MUTEX);
    Line before = scene.line();
    Entered refused = before.tryEnter(ask("r2", READ), 0, 5);
    assertThat(refused.refused()).isTrue();
    assertThat(refused.granted()).isFalse();
    assertThat(refused.line()).isSameAs(before);
    assertThat(names(refused.blockers())).containsExactly("w");
    assertThat(refused.ahead()).isEqualTo(2);
    assertThat(refused.line().last()).isEqualTo(2);
  }

  @Test
  void aTryEntersWhereItIsGrantedAtOnce() {
    assertThat(scene.tryEnter("r1", READ)).isTrue();
    assertThat(scene.tryEnter("r2", READ)).isTrue();
    assertThat(scene.tryEnter("w", MUTEX)).isFalse();
    assertThat(scene.tryEnter("p", permits(1, 2))).isFalse();
    assertThat(scene.tryEnter("q", permits(1, 3))).isTrue();
    assertThat(scene.granted()).containsExactly("r1", "r2", "q");
  }

  @Test
  void aTryThatFindsItsWaitingTicketIsAnsweredAsWaiting() {
    scene.enter("a", MUTEX);
    scene.enter("b", MUTEX);
    Entered found = scene.line().tryEnter(ask("b", MUTEX), 0, 5);
    assertThat(found.refused()).isFalse();
    assertThat(found.granted()).isFalse();
    assertThat(names(found.blockers())).containsExactly("a");
    assertThat(found.line()).isSameAs(scene.line());
  }

  @Test
  void aRequestFindsItsTicketAgain() {
    scene.enter("a", MUTEX);
    scene.enter("b", MUTEX);
    Ticket b = scene.ticket("b");
    Entered again = scene.line().enter(ask("b", MUTEX), 1_000, 99);
    assertThat(again.line()).isSameAs(scene.line());
    assertThat(again.ticket()).isEqualTo(b);
    assertThat(again.granted()).isFalse();
    assertThat(again.ahead()).isEqualTo(1);
    assertThat(names(again.blockers())).containsExactly("a");

    scene.weaken("a", READ);
    Entered weakened = scene.line().enter(ask("a", MUTEX), 0, 99);
    assertThat(weakened.granted()).isTrue();
    assertThat(weakened.ticket()).isEqualTo(scene.ticket("a"));
    assertThat(weakened.blockers()).isEmpty();
  }

  @Test
  void aRequestDoesNotFindTheTicketOfAnotherSession() {
    scene.enter("a", MUTEX);
    Ask stolen = Ask.exclusive(session("thief"), request("a"), "thief", false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scene.line().enter(stolen, 0, 0))
        .withMessageContaining("another session");
    assertThatIllegalArgumentException().isThrownBy(() -> scene.line().tryEnter(stolen, 0, 0));
  }

  @Test
  void leavingByRequestIsLeaving() {
    scene.enter("a", MUTEX);
    scene.enter("b", MUTEX);
    Changed left = scene.line().leave(request("a"), 77);
    assertThat(names(left.removed())).containsExactly("a");
    assertThat(names(left.granted())).containsExactly("b");
    assertThat(left.granted().get(0).since()).isEqualTo(77);
    assertThat(left.line().find(request("a"))).isEmpty();
    Changed twice = left.line().leave(request("a"), 78);
    assertThat(twice.line()).isSameAs(left.line());
    assertThat(twice.removed()).isEmpty();
    assertThat(twice.found()).isFalse();
    assertThat(left.line().leave(1, 78).found()).isFalse();
  }

  @Test
  void dropRemovesWhoseSessionIsDead() {
    scene.enter("a", MUTEX);
    scene.enter("b", READ);
    scene.enter("c", MUTEX);
    scene.enter("d", READ);
    List<SessionId> asked = new ArrayList<>();
    Changed none =
        scene
            .line()
            .drop(
                session -> {
                  asked.add(session);
                  return false;
                },
                50);
    assertThat(none.line()).isSameAs(scene.line());
    assertThat(none.found()).isFalse();
    assertThat(asked).containsExactly(session("a"), session("b"), session("c"), session("d"));

    List<SessionId> dead = List.of(session("a"), session("c"));
    Changed dropped = scene.line().drop(dead::contains, 50);
    assertThat(names(dropped.removed())).containsExactly("a", "c");
    assertThat(names(dropped.granted())).containsExactly("b", "d");
    assertThat(dropped.line().length()).isEqualTo(2);
    assertThat(dropped.line().find(request("c"))).isEmpty();
  }

  @Test
  void checkTellsWhereATicketStands() {
    scene.enter("a", permits(1, 2));
    scene.enter("b", permits(1, 2));
    scene.enter("c", permits(1, 2));
    Line line = scene.line();
    assertThat(line.check(scene.number("a"))).isEqualTo(new Standing.Granted(scene.ticket("a"), 2));
    assertThat(line.check(request("c")))
        .isEqualTo(
            new Standing.Waiting(
                scene.ticket("c"), List.of(scene.ticket("a"), scene.ticket("b")), 2));
    assertThat(line.check(99)).isEqualTo(new Standing.Gone());
    assertThat(line.check(request("nobody"))).isEqualTo(new Standing.Gone());
    assertThat(line.find(-1)).isEmpty();
    assertThat(line.isGranted(99)).isFalse();
  }

  @Test
  void anExclusiveTicketIsBlockedByTheNearest() {
    scene.enter("a", READ);
    scene.enter("b", READ);
    scene.enter("w", MUTEX);
    assertThat(scene.blockers("w")).containsExactly("b");
  }

  @Test
  void aSharedTicketIsBlockedByTheNearestExclusive() {
    scene.enter("w1", MUTEX);
    scene.enter("w2", MUTEX);
    scene.enter("r1", READ);
    scene.enter("r2", READ);
    assertThat(scene.blockers("r2")).containsExactly("w2");
  }

  @Test
  void permitsAreBlockedByTheFewestHeaviestNearest() {
    scene.enter("a", permits(1, 9));
    scene.enter("b", permits(3, 9));
    scene.enter("c", permits(2, 9));
    scene.enter("d", permits(3, 9));
    scene.enter("e", permits(1, 9));
    assertThat(scene.enter("f", permits(3, 9))).isFalse();
    assertThat(scene.blockers("f")).containsExactly("b", "c", "d");
    assertThat(scene.enter("g", permits(1, 3))).isFalse();
    assertThat(scene.blockers("g")).containsExactly("f");
  }

  @Test
  void ofManyBlockersTheHeaviestAndNearestAreToldIfOnlySomeAreWanted() {
    scene.enter("a", permits(1, 9));
    scene.enter("b", permits(3, 9));
    scene.enter("c", permits(2, 9));
    scene.enter("d", permits(3, 9));
    scene.enter("e", permits(1, 9));
    Ask ask = ask("f", permits(3, 9));
    Line.Entered entered = scene.line().enter(ask, 0, 0, 2);
    assertThat(names(entered.blockers())).containsExactly("b", "d");
    assertThat(names(scene.line().tryEnter(ask, 0, 0, 1).blockers())).containsExactly("d");
    assertThat(names(entered.line().enter(ask, 0, 0, 1).blockers())).containsExactly("d");
    assertThat(names(entered.line().tryEnter(ask, 0, 0, 2).blockers())).containsExactly("b", "d");
    long number = entered.line().last();
    assertThat(entered.line().check(number, 2))
        .isInstanceOfSatisfying(
            Line.Standing.Waiting.class,
            waiting -> assertThat(names(waiting.blockers())).containsExactly("b", "d"));
    assertThat(entered.line().check(number, 3)).isEqualTo(entered.line().check(number));
  }

  @Test
  void twoPermitsAreNotWatchedByTheFirstAlone() {
    scene.enter("a", permits(1, 2));
    scene.enter("b", permits(1, 2));
    scene.enter("c", permits(1, 2));
    assertThat(scene.blockers("c")).containsExactly("a", "b");
    assertThat(scene.leave("b")).containsExactly("c");
  }

  @Test
  void everyNumberIsAboveTheFloor() {
    Scene high = new Scene(500);
    assertThat(high.line().last()).isEqualTo(500);
    high.enter("a", MUTEX);
    assertThat(high.number("a")).isEqualTo(501);
  }

  @Test
  void numbersAreAtLeastWhatIsAskedAndAlwaysAboveTheLast() {
    Line line = Line.empty(10);
    line = line.enter(ask("a", MUTEX), 5, 0).line();
    assertThat(line.last()).isEqualTo(11);
    line = line.enter(ask("b", MUTEX), -1, 0).line();
    assertThat(line.last()).isEqualTo(12);
    line = line.enter(ask("c", MUTEX), 100, 0).line();
    assertThat(line.last()).isEqualTo(100);
    line = line.leave(100, 0).line().leave(12, 0).line().leave(11, 0).line();
    assertThat(line.isEmpty()).isTrue();
    line = line.enter(ask("d", MUTEX), 50, 0).line();
    assertThat(line.last()).isEqualTo(101);
  }

  @Test
  void sinceIsWhenItBeganToWaitAndThenWhenItWasGranted() {
    Line line = Line.empty(0).enter(ask("a", MUTEX), 0, 10).line();
    line = line.enter(ask("b", MUTEX), 0, 20).line();
    assertThat(line.tickets()).extracting(Ticket::since).containsExactly(10L, 20L);
    Changed left = line.leave(1, 30);
    assertThat(left.granted()).isEqualTo(left.line().tickets());
    assertThat(left.line().tickets()).extracting(Ticket::since).containsExactly(30L);
  }

  @Test
  void theLastNumberIsGivenOutAndNoneAfterIt() {
    Line line = Line.empty(Ticket.MAX_NUMBER - 1);
    Line full = line.enter(ask("a", READ), 0, 0).line();
    assertThat(full.last()).isEqualTo(Ticket.MAX_NUMBER);
    assertThatThrownBy(() -> full.enter(ask("b", READ), 0, 0))
        .isInstanceOf(LineFullException.class)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no more numbers");
    assertThatThrownBy(() -> full.tryEnter(ask("b", READ), 0, 0))
        .isInstanceOf(LineFullException.class);
    assertThat(full.tryEnter(ask("b", MUTEX), 0, 0).refused()).isTrue();
    assertThatThrownBy(() -> line.enter(ask("b", READ), Ticket.MAX_NUMBER + 1, 0))
        .isInstanceOf(LineFullException.class);
    assertThatThrownBy(() -> line.enter(ask("b", READ), Long.MAX_VALUE, 0))
        .isInstanceOf(LineFullException.class);
    assertThat(full.enter(ask("a", READ), 0, 0).granted()).isTrue();
  }

  @Test
  void aLineHasALargestLength() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 1; i <= Line.MAX_LENGTH; i++) {
      RequestId request = new RequestId(0, i);
      Ask ask = Ask.shared(session("s"), request, "", Ask.MAX_PERMITS, Ask.UNBOUNDED, false);
      tickets.add(Ticket.of(ask, i, 0));
    }
    Line full = Line.of(Line.MAX_LENGTH, tickets);
    assertThat(full.length()).isEqualTo(Line.MAX_LENGTH);
    assertThat(full.isGranted(Line.MAX_LENGTH)).as("as heavy as shared tickets can be").isTrue();
    assertThatThrownBy(() -> full.enter(ask("x", READ), 0, 0))
        .isInstanceOf(LineFullException.class)
        .hasMessageContaining("full");
    assertThat(full.leave(5, 0).line().enter(ask("x", READ), 0, 0).granted()).isTrue();
  }

  @Test
  void theHeaviestLineDoesNotOverflow() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 1; i <= Line.MAX_LENGTH; i++) {
      Ask ask = Ask.exclusive(session("s"), new RequestId(0, i), "", false);
      tickets.add(Ticket.of(ask, i, 0));
    }
    Line full = Line.of(Line.MAX_LENGTH, tickets);
    assertThat(full.isGranted(1)).isTrue();
    assertThat(full.isGranted(2)).isFalse();
    assertThat(full.isGranted(Line.MAX_LENGTH)).isFalse();
    Changed left = full.leave(1, 0);
    assertThat(left.granted()).extracting(Ticket::number).containsExactly(2L);
  }

  @Test
  void aFloorIsANumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> Line.empty(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Line.empty(Ticket.MAX_NUMBER + 1));
    assertThat(Line.empty(Ticket.MAX_NUMBER).last()).isEqualTo(Ticket.MAX_NUMBER);
  }

  @Test
  void linesAreValues() {
    scene.enter("a", MUTEX);
    scene.enter("b", MUTEX);
    Line line = scene.line();
    Line same = Line.of(line.last(), line.tickets());
    assertThat(same).isEqualTo(line).hasSameHashCodeAs(line);
    assertThat(line.leave(1, 0).line()).isNotEqualTo(line);
    assertThat(Line.empty(1)).isNotEqualTo(Line.empty(2)).isEqualTo(Line.empty(1));
    assertThat(line.revoke(1).line()).isNotEqualTo(line);
    assertThat(line).hasToString("Line[last=2, length=2]");
    assertThatThrownBy(() -> line.tickets().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> line.tickets().set(0, line.tickets().get(1)))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
