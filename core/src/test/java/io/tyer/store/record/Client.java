package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.spi.TicketState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A process of a test: a store with one session at a time, and what it was told. */
final class Client {

  static final Duration TTL = Duration.ofSeconds(10);
  static final long TTL_MILLIS = TTL.toMillis();

  final HandDriven machine;
  final HookedMedium medium;
  final RecordLineStore store;
  final List<String> told = new CopyOnWriteArrayList<>();
  Bearers bearers = Bearers.none();
  StoreSession session;

  /** A process on a machine of its own, about which nothing can be proved. */
  Client(Shelf shelf, String name) {
    this(
        shelf,
        name,
        new HandDriven(shelf.world, shelf.world.random.nextLong() >> 2, 0),
        ProcessProof.none());
  }

  Client(Shelf shelf, String name, HandDriven machine, ProcessProof proof) {
    this.machine = machine;
    this.medium = new HookedMedium(shelf, name);
    StoreTraits traits =
        new StoreTraits(true, true, Duration.ZERO, Duration.ofMillis(50), Duration.ofSeconds(1));
    this.store = new RecordLineStore(medium, machine, traits, Duration.ofSeconds(5), proof);
    this.session = open();
  }

  StoreSession open() {
    return open(Bearers.none());
  }

  StoreSession open(Bearers borneBy) {
    bearers = borneBy;
    SessionRequest request =
        new SessionRequest(SessionSecret.random(machine), TTL, "test", borneBy);
    session = Answer.<StoreSession>of(reply -> store.open(request, new Told(), reply)).value();
    return session;
  }

  SessionId id() {
    return session.id();
  }

  Answer<BeatAnswer> beat() {
    return Answer.of(reply -> session.beat(bearers, reply));
  }

  /** Beats, and sweeps if the store thinks it is time. */
  void beatAndSweep() {
    beat().value();
    machine.runIo();
  }

  RequestId request() {
    return new RequestId(machine.nextLong(), machine.nextLong());
  }

  Ask exclusive(RequestId request) {
    return Ask.exclusive(id(), request, "test", false);
  }

  Answer<TicketState> enter(LockName name, Ask ask) {
    return Answer.of(reply -> session.enter(name, ask, false, reply));
  }

  Answer<TicketState> tryEnter(LockName name, Ask ask) {
    return Answer.of(reply -> session.enter(name, ask, true, reply));
  }

  Answer<Boolean> leave(LockName name, RequestId request, long number) {
    return Answer.of(reply -> session.leave(name, request, number, reply));
  }

  /** The answers to a leave and the enter that went with it. */
  record Requeued(Answer<Boolean> left, Answer<TicketState> entered) {}

  Requeued leaveAndEnter(LockName name, RequestId request, long number, Ask ask) {
    AtomicReference<Answer<TicketState>> second = new AtomicReference<>();
    Answer<Boolean> first =
        Answer.of(
            left ->
                second.set(
                    Answer.of(
                        entered ->
                            session.leaveAndEnter(name, request, number, ask, left, entered))));
    return new Requeued(first, Objects.requireNonNull(second.get()));
  }

  Answer<TicketState> weaken(
      LockName name, RequestId request, long number, int weight, int capacity) {
    return Answer.of(reply -> session.weaken(name, request, number, weight, capacity, reply));
  }

  Answer<TicketState> check(LockName name, RequestId request, long number) {
    return Answer.of(reply -> session.check(name, request, number, reply));
  }

  Answer<Boolean> end() {
    return Answer.of(reply -> session.end(reply));
  }

  Answer<Integer> revoke(LockName name, OptionalLong number, boolean now) {
    return Answer.of(reply -> store.revoke(name, number, now, reply));
  }

  /** Takes the lock, which is free. Answers the ticket's number. */
  long take(LockName name, RequestId request) {
    TicketState state = enter(name, exclusive(request)).value();
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    throw new AssertionError("not granted: " + state);
  }

  /** Stands in line behind others. Answers the ticket's number. */
  long queue(LockName name, RequestId request) {
    TicketState state = enter(name, exclusive(request)).value();
    if (state instanceof TicketState.Waiting waiting) {
      return waiting.number();
    }
    throw new AssertionError("not waiting: " + state);
  }

  private final class Told implements SessionEvents {
    @Override
    public void granted(LockName name, RequestId request, long number) {
      // A crash may undo what granted it: the owner of what came back ahead uses it no more.
      if (!medium.loose && medium.shelf.isWaiting(name, number)) {
        throw new AssertionError(id() + " is told that " + number + " is granted, and it waits");
      }
      told.add("granted " + name + " " + number);
    }

    @Override
    public void changed(LockName name) {
      told.add("changed " + name);
    }

    @Override
    public void changedAnywhere() {
      told.add("changed");
    }

    @Override
    public void ended(String why) {
      told.add("ended");
    }
  }
}
