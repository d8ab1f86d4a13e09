package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.engine.TakingAll.End;
import io.tyer.engine.TakingAll.GiveBack;
import io.tyer.engine.TakingAll.Step;
import io.tyer.engine.TakingAll.Succeed;
import io.tyer.engine.TakingAll.Take;
import io.tyer.engine.TakingAll.Withdraw;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakingAllTest {

  private final TakingAll three = new TakingAll(3);
  private final IllegalStateException failure = new IllegalStateException("store");

  @Test
  void takesOneAfterTheOther() {
    assertThat(three.begin()).containsExactly(new Take(0));
    assertThat(three.granted()).containsExactly(new Take(1));
    assertThat(three.granted()).containsExactly(new Take(2));
    assertThat(three.granted()).containsExactly(new Succeed());
    assertThat(three.abandoned()).isEmpty();
    assertThat(three.lost(0)).isEmpty();
  }

  @Test
  void givesBackWhatItHasWhenOneIsBusyOrFails() {
    three.begin();
    three.granted();
    three.granted();
    assertThat(three.ended(null)).containsExactly(new GiveBack(2), new End(null));
    TakingAll other = new TakingAll(2);
    other.begin();
    assertThat(other.ended(failure)).containsExactly(new End(failure));
    assertThat(other.abandoned()).isEmpty();
  }

  @Test
  void beginsAnewWhenOneIsLostMeanwhile() {
    three.begin();
    three.granted();
    assertThat(three.lost(0)).containsExactly(new Withdraw());
    assertThat(three.lost(0)).as("once").isEmpty();
    assertThat(three.withdrawn()).containsExactly(new GiveBack(1), new Take(0));
    assertThat(three.lost(0)).as("of what was given back").isEmpty();
    three.granted();
    assertThat(three.lost(three.round())).containsExactly(new Withdraw());
    assertThat(three.granted())
        .as("before it was withdrawn")
        .contains(new GiveBack(2), new Take(0));
  }

  @Test
  void aTimeOutEndsItAlsoWhileItIsToBeginAnew() {
    three.begin();
    three.granted();
    three.lost(0);
    assertThat(three.ended(null)).containsExactly(new GiveBack(1), new End(null));
  }

  @Test
  void leavesNothingWhenNobodyWantsItAnyMore() {
    three.begin();
    three.granted();
    assertThat(three.abandoned()).containsExactly(new Withdraw());
    assertThat(three.granted()).as("too late").containsExactly(new GiveBack(2));
    TakingAll anew = new TakingAll(3);
    anew.begin();
    anew.granted();
    anew.lost(0);
    assertThat(anew.abandoned()).as("is withdrawn already").isEmpty();
    assertThat(anew.withdrawn()).containsExactly(new GiveBack(1));
  }

  private enum Event {
    GRANTED,
    BUSY,
    WITHDRAWN,
    LOST,
    ABANDONED
  }

  /** Every sequence of events that can come, to a depth of nine. */
  @Test
  void whateverHappensIsGivenBackOrHeldOnceItIsOver() {
    walk(new ArrayList<>());
  }

  private void walk(List<Event> events) {
    Replay replay = new Replay();
    events.forEach(replay::apply);
    if (events.size() == 9) {
      return;
    }
    for (Event next : replay.possible()) {
      events.add(next);
      walk(events);
      events.remove(events.size() - 1);
    }
  }

  /** What a driver would have in its hands. */
  private static final class Replay {
    private final TakingAll state = new TakingAll(2);
    private final List<Step> all = new ArrayList<>();
    private int held;
    private int asked = -1;
    private boolean withdrawing;
    private boolean abandoned;
    private boolean over;

    Replay() {
      take(state.begin());
    }

    List<Event> possible() {
      List<Event> possible = new ArrayList<>();
      if (asked >= 0) {
        possible.addAll(List.of(Event.GRANTED, Event.BUSY));
        if (withdrawing) {
          possible.add(Event.WITHDRAWN);
        }
      }
      if (held > 0) {
        possible.add(Event.LOST);
      }
      if (!abandoned) {
        possible.add(Event.ABANDONED);
      }
      return possible;
    }

    void apply(Event event) {
      switch (event) {
        case GRANTED -> {
          asked = -1;
          held++;
          take(state.granted());
        }
        case BUSY -> {
          asked = -1;
          take(state.ended(null));
        }
        case WITHDRAWN -> {
          asked = -1;
          take(state.withdrawn());
        }
        case LOST -> take(state.lost(state.round()));
        case ABANDONED -> {
          abandoned = true;
          take(state.abandoned());
        }
      }
      assertThat(asked >= 0 || over || abandoned).as("goes on: %s", all).isTrue();
      if (asked < 0) {
        assertThat(held).as("all or none: %s", all).isIn(0, 2);
      }
    }

    private void take(List<Step> steps) {
      all.addAll(steps);
      for (Step step : steps) {
        assertThat(over).as("nothing after the end: %s", all).isFalse();
        if (step instanceof Take take) {
          assertThat(asked).as("one at a time: %s", all).isNegative();
          assertThat(take.index()).as("in order: %s", all).isEqualTo(held);
          asked = take.index();
          withdrawing = false;
        } else if (step instanceof Withdraw) {
          assertThat(asked).as("something is asked for: %s", all).isNotNegative();
          withdrawing = true;
        } else if (step instanceof GiveBack giveBack) {
          assertThat(giveBack.count()).isEqualTo(held);
          held = 0;
        } else {
          over = true;
          assertThat(abandoned).as("nobody is told any more: %s", all).isFalse();
          assertThat(held).isEqualTo(step instanceof Succeed ? 2 : 0);
        }
      }
    }
  }
}
