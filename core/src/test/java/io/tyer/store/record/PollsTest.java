package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that are made together: one read for all lines, one for all sessions in their way. */
class PollsTest {

  private static final int MANY = 40;
  private static final long LONG_MILLIS = 500;

  private final World world = new World(11);
  private final Shelf shelf = new Shelf(world, 1 << 20);
  private final Client holder = new Client(shelf, "holder");
  private final Client waiter = new Client(shelf, "waiter");
  private final List<Waiting> all = new ArrayList<>();

  /** A ticket that waits, and what its checks were answered. */
  private final class Waiting implements Reply<TicketState> {
    final LockName name;
    final RequestId held = holder.request();
    final RequestId request = waiter.request();
    final long heldNumber;
    final long number;
    final List<TicketState> answers = new ArrayList<>();
    final List<StoreException> failures = new ArrayList<>();

    Waiting(String text) {
      name = LockName.of(text);
      heldNumber = holder.take(name, held);
      number = waiter.queue(name, request);
    }

    void check() {
      waiter.session.check(name, request, number, this);
    }

    @Override
    public void done(TicketState state) {
      answers.add(state);
    }

    @Override
    public void failed(StoreException failure) {
      failures.add(failure);
    }

    int replies() {
      return answers.size() + failures.size();
    }

    boolean isGranted() {
      return answers.size() == 1 && answers.get(0) instanceof TicketState.Granted;
    }

    boolean isWaiting() {
      return answers.size() == 1 && answers.get(0) instanceof TicketState.Waiting;
    }
  }

  @BeforeEach
  void stand() {
    waiter.medium.together = true;
    waiter.medium.tells = false;
    IntStream.range(0, MANY).forEach(i -> all.add(new Waiting("n" + i)));
    waiter.medium.counts = true;
  }

  private void checkAll() {
    all.forEach(Waiting::check);
  }

  /** All that is held back is due. */
  private void beDue() {
    world.passMillis(LONG_MILLIS / 8);
    waiter.machine.runTimer();
  }

  private void waitLong() {
    world.passMillis(LONG_MILLIS);
  }

  @Test
  void howeverManyWaitTheyAreReadByOneQueryOfLinesAndOneOfSessions() {
    waitLong();
    checkAll();
    assertThat(all).allMatch(one -> one.replies() == 0);
    assertThat(waiter.machine.scheduled()).isEqualTo(1);
    beDue();
    assertThat(all).allMatch(Waiting::isWaiting);
    assertThat(waiter.medium.readsOfEach).extracting(Set::size).containsExactly(MANY, 1);
    assertThat(waiter.machine.scheduled()).isZero();
  }

  @Test
  void theFirstChecksAreNotHeldBack() {
    world.passMillis(5);
    all.get(0).check();
    assertThat(all.get(0).isWaiting()).isTrue();
    assertThat(waiter.machine.scheduled()).isZero();
  }

  @Test
  void nobodyIsHeldBackForMoreThanAnEighthOfTheTimeThatHasPassed() {
    for (int millis : new int[] {10, 20, 40, 80, 160, 320}) {
      all.get(0).answers.clear();
      world.passMillis(millis);
      all.get(0).check();
      world.passMillis(millis / 8);
      waiter.machine.runTimer();
      assertThat(all.get(0).isWaiting()).as("after %s ms", millis).isTrue();
    }
  }

  @Test
  void whereSessionsAreToldNothingIsHeldBack() {
    waiter.medium.tells = true;
    waitLong();
    checkAll();
    assertThat(all).allMatch(Waiting::isWaiting);
  }

  @Test
  void whatIsHeldBackGoesWithWhatGoesEarlier() {
    waitLong();
    checkAll();
    Waiting late = new Waiting("late");
    late.check();
    waiter.machine.runIo();
    assertThat(all).allMatch(Waiting::isWaiting);
    assertThat(late.isWaiting()).isTrue();
    assertThat(waiter.machine.scheduled()).isZero();
  }

  @Test
  void whatIsAskedDuringARoundGoesTogetherWithTheNext() {
    Waiting first = all.get(0);
    List<Waiting> others = all.subList(1, MANY);
    waiter.medium.hook = once(() -> others.forEach(Waiting::check));
    first.check();
    assertThat(first.isWaiting()).isTrue();
    assertThat(others).allMatch(one -> one.replies() == 0);
    waiter.machine.runIo();
    assertThat(others).allMatch(Waiting::isWaiting);
    assertThat(waiter.medium.readsOfEach).extracting(Set::size).containsExactly(1, 1, MANY - 1, 1);
  }

  @Test
  void aRoundThatHangsHoldsUpNobodyForLong() {
    Waiting hangs = all.get(0);
    Waiting tooEarly = all.get(1);
    Waiting goes = all.get(2);
    waiter.medium.hook =
        once(
            () -> {
              tooEarly.check();
              assertThat(tooEarly.replies()).isZero();
              world.passMillis(1_000);
              goes.check();
              beDue();
              beDue();
              assertThat(tooEarly.isWaiting()).isTrue();
              assertThat(goes.isWaiting()).isTrue();
              assertThat(hangs.replies()).isZero();
            });
    hangs.check();
    waiter.machine.runIo();
    assertThat(hangs.isWaiting()).isTrue();
    assertThat(all.subList(0, 3)).allMatch(one -> one.replies() == 1);
    // All goes on as before.
    all.get(3).check();
    beDue();
    beDue();
    beDue();
    assertThat(all.get(3).isWaiting()).isTrue();
  }

  /** Though all that comes meanwhile is held back, and was due before the round was given up. */
  @Test
  void aRoundThatHangsHoldsUpNobodyWhoIsHeldBackEither() {
    Waiting early = all.get(1);
    Waiting late = all.get(2);
    waiter.medium.hook =
        once(
            () -> {
              waitLong();
              early.check();
              beDue();
              assertThat(early.replies()).isZero();
              waitLong();
              late.check();
              beDue();
              beDue();
              assertThat(early.isWaiting()).isTrue();
              assertThat(late.isWaiting()).isTrue();
            });
    all.get(0).check();
    waiter.machine.runIo();
    assertThat(all.subList(0, 3)).allMatch(Waiting::isWaiting);
  }

  @Test
  void aFailureIsToldToEach() {
    waitLong();
    waiter.medium.hook = always(HookedMedium.Call.READ_EACH, HookedMedium.unreachable());
    checkAll();
    beDue();
    assertThat(all).allMatch(one -> one.replies() == 1 && one.failures.size() == 1);
    assertThat(all).allMatch(one -> one.failures.get(0).kind() == Kind.UNREACHABLE);
    waiter.medium.hook = HookedMedium.NOTHING;
    waitLong();
    checkAll();
    beDue();
    assertThat(all).allMatch(Waiting::isWaiting);
  }

  @Test
  void whatIsBrokenInsideIsToldToEach() {
    waitLong();
    waiter.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            throw new IllegalStateException("broken, for the test's sake");
          }
        };
    checkAll();
    beDue();
    assertThat(all).allMatch(one -> one.replies() == 1 && one.failures.size() == 1);
    assertThat(all).allMatch(one -> one.failures.get(0).kind() == Kind.UNKNOWN);
  }

  @Test
  void whereSessionsAreNotReadOnlyThoseWhoWaitBehindThemAreTold() {
    waitLong();
    Waiting granted = all.get(0);
    holder.leave(granted.name, granted.held, granted.heldNumber).value();
    waiter.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
            if (key.kind() == RecordKey.Kind.SESSION) {
              throw HookedMedium.unreachable();
            }
          }
        };
    checkAll();
    beDue();
    assertThat(granted.isGranted()).isTrue();
    assertThat(all.subList(1, MANY))
        .allMatch(one -> one.replies() == 1 && one.failures.size() == 1);
  }

  @Test
  void aRecordThatSaysNothingConcernsItsNameOnly() {
    waitLong();
    Waiting broken = all.get(7);
    shelf.writeByHand(shelf.home(broken.name), new byte[] {1, 2, 3});
    checkAll();
    beDue();
    assertThat(broken.failures).extracting(StoreException::kind).containsExactly(Kind.REFUSED);
    assertThat(all).filteredOn(one -> one != broken).allMatch(Waiting::isWaiting);
  }

  @Test
  void aSessionThatSaysNothingConcernsThoseBehindIt() {
    Client odd = new Client(shelf, "odd");
    LockName name = LockName.of("behind odd");
    odd.take(name, odd.request());
    RequestId request = waiter.request();
    long number = waiter.queue(name, request);
    shelf.writeByHand(SessionRecords.key(odd.id()), new byte[] {1, 2, 3});
    waitLong();
    List<StoreException> failures = new ArrayList<>();
    Waiting behind = all.get(0);
    waiter.session.check(
        name,
        request,
        number,
        new Reply<>() {
          @Override
          public void done(TicketState value) {
            throw new AssertionError(value);
          }

          @Override
          public void failed(StoreException failure) {
            failures.add(failure);
          }
        });
    behind.check();
    beDue();
    assertThat(failures).extracting(StoreException::kind).containsExactly(Kind.REFUSED);
    assertThat(behind.isWaiting()).isTrue();
  }

  @Test
  void grantsAndTicketsThatAreGoneAreToldEachOnce() {
    waitLong();
    Waiting gone = all.get(1);
    shelf.removeByHand(shelf.home(gone.name));
    for (Waiting one : all.subList(2, MANY)) {
      holder.leave(one.name, one.held, one.heldNumber).value();
    }
    checkAll();
    beDue();
    assertThat(all.get(0).isWaiting()).isTrue();
    assertThat(gone.answers).containsExactly(new TicketState.Gone());
    assertThat(all.subList(2, MANY)).allMatch(Waiting::isGranted);
  }

  @Test
  void theDeadAheadAreDropped() {
    checkAll();
    all.forEach(one -> one.answers.clear());
    world.passMillis(Client.TTL_MILLIS / 2);
    waiter.beat().value();
    world.passMillis(Client.TTL_MILLIS / 2 + 1);
    checkAll();
    world.passMillis(300);
    waiter.machine.runTimer();
    assertThat(all).allMatch(Waiting::isGranted);
  }

  @Test
  void closingEndsWhatWaitsAndWhatComesLater() {
    waitLong();
    checkAll();
    waiter.store.close();
    assertThat(all).allMatch(one -> one.replies() == 1 && one.failures.size() == 1);
    assertThat(all).allMatch(one -> one.failures.get(0).kind() == Kind.UNREACHABLE);
    assertThat(waiter.machine.scheduled()).isZero();
    all.get(0).check();
    assertThat(all.get(0).failures).hasSize(2);
  }

  @Test
  void aSessionThatEndsMeanwhileIsToldSo() {
    waitLong();
    checkAll();
    waiter.end().value();
    beDue();
    assertThat(all).allMatch(one -> one.replies() == 1 && one.failures.size() == 1);
    assertThat(all).allMatch(one -> one.failures.get(0).kind() == Kind.SESSION_DEAD);
  }

  @Test
  void anInterruptIsLeftToTheCaller() {
    Thread.currentThread().interrupt();
    all.get(0).check();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(all.get(0).isWaiting()).isTrue();
  }

  /** During the next reading of several. */
  private static HookedMedium.Hook once(Runnable event) {
    List<Runnable> left = new ArrayList<>(List.of(event));
    return new HookedMedium.Hook() {
      @Override
      public void before(HookedMedium.Call call, RecordKey key) {
        if (call == HookedMedium.Call.READ_EACH && !left.isEmpty()) {
          left.remove(0).run();
        }
      }
    };
  }

  private static HookedMedium.Hook always(HookedMedium.Call failing, StoreException failure) {
    return new HookedMedium.Hook() {
      @Override
      public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
        if (call == failing) {
          throw failure;
        }
      }
    };
  }
}
