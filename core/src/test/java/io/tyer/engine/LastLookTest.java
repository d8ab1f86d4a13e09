package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wait whose time is over asks once more how its ticket stands; a grant that it finds counts. */
class LastLookTest {

  private static final TicketState WAITS = new TicketState.Waiting(7, 1, List.of());

  private final NameByHand name = new NameByHand();

  private Waiter waits(Mode mode) {
    Waiter waiter = name.comes(mode, false);
    name.answer(0, WAITS);
    return waiter;
  }

  private void timeOver(Waiter waiter) {
    name.on(new Event.Withdraw(waiter, true));
  }

  @Test
  void aGrantThatItFindsIsAGrant() {
    for (Mode mode : List.of(Mode.EXCLUSIVE, Mode.READ, Mode.permits(3))) {
      NameByHand fresh = new NameByHand();
      Waiter waiter = fresh.comes(mode, false);
      fresh.answer(0, WAITS);
      fresh.on(new Event.Withdraw(waiter, true));
      assertThat(fresh.busy).isEmpty();
      fresh.look(0, NameByHand.ALONE);
      assertThat(fresh.granted).containsExactly(waiter);
      assertThat(fresh.leaves).isEmpty();
    }
  }

  @Test
  void whoStillWaitsIsBusyAndLeaves() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    timeOver(waiter);
    name.look(0, WAITS);
    assertThat(name.busy).containsExactly(waiter);
    assertThat(name.leaves).hasSize(1);
  }

  @Test
  void itWaitsForTheAnswerForAMomentOnly() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    timeOver(waiter);
    name.on(new Event.LookDue(waiter));
    assertThat(name.busy).containsExactly(waiter);
    assertThat(name.leaves).hasSize(1);
    name.look(0, NameByHand.ALONE);
    assertThat(name.granted).isEmpty();
  }

  @Test
  void aMessageMayComeBeforeTheAnswer() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    timeOver(waiter);
    Effect.Check check = name.looks.get(0).check();
    name.on(new Event.GrantHeard(check.session(), check.ticket(), 7));
    name.look(0, NameByHand.ALONE);
    name.on(new Event.LookDue(waiter));
    assertThat(name.granted).containsExactly(waiter);
    assertThat(name.busy).isEmpty();
  }

  @Test
  void whoIsCancelledMeanwhileIsCancelled() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    timeOver(waiter);
    name.on(new Event.Withdraw(waiter, false));
    name.look(0, NameByHand.ALONE);
    assertThat(name.cancelled).containsExactly(waiter);
    assertThat(name.granted).isEmpty();
    assertThat(name.leaves).hasSize(1);
  }

  @Test
  void whoStandsBehindAnotherCallerOfItsClientDoesNotAsk() {
    Waiter first = waits(Mode.EXCLUSIVE);
    Waiter second = name.comes(Mode.EXCLUSIVE, false);
    timeOver(second);
    assertThat(name.busy).containsExactly(second);
    assertThat(name.looks).isEmpty();
    timeOver(first);
    assertThat(name.looks).hasSize(1);
  }

  @Test
  void readersAskTogetherAndWhoComesMeanwhileAsksNext() {
    Waiter first = waits(Mode.READ);
    Waiter second = name.comes(Mode.READ, false);
    Waiter third = name.comes(Mode.READ, false);
    timeOver(first);
    timeOver(second);
    timeOver(third);
    assertThat(name.looks).hasSize(1);
    name.look(0, WAITS);
    assertThat(name.busy).containsExactly(first);
    assertThat(name.looks).hasSize(2);
    name.look(1, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(second, third);
  }

  @Test
  void aLookOfATicketThatIsGoneMeansNothing() {
    Waiter first = waits(Mode.READ);
    timeOver(first);
    name.on(new Event.LookDue(first));
    Waiter second = name.comes(Mode.READ, false);
    name.answer(1, WAITS);
    timeOver(second);
    name.look(0, WAITS);
    assertThat(name.busy).containsExactly(first);
    name.look(1, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(second);
  }

  @Test
  void aStoreThatFailsIsNotAskedAgainAndNotBusy() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    StoreException unreachable =
        new StoreException(StoreException.Kind.UNREACHABLE, "for the test");
    name.on(new Event.CheckFailed(name.asked.get(0).ask().request(), unreachable));
    timeOver(waiter);
    assertThat(name.looks).isEmpty();
    assertThat(name.failed).containsExactly(waiter);
  }

  @Test
  void aLookThatFailsIsNotBusy() {
    Waiter waiter = waits(Mode.EXCLUSIVE);
    timeOver(waiter);
    Effect.Look look = name.looks.get(0);
    StoreException unknown = new StoreException(StoreException.Kind.UNKNOWN, "for the test");
    name.on(new Event.LookFailed(look.check().ticket(), unknown, look.look()));
    assertThat(name.failed).containsExactly(waiter);
    assertThat(name.leaves).hasSize(1);
  }
}
