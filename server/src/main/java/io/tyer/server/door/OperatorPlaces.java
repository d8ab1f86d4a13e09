package io.tyer.server.door;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** So many connections may stay although there are too many: those of operators. */
final class OperatorPlaces {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  OperatorPlaces(int most) {
    this.most = most;
  }

  int taken() {
    return taken.get();
  }

  /** What a connection has of them, which is nothing at first. */
  Place place() {
    return new Place();
  }

  private enum State {
    NONE,
    TAKEN,
    ENDED
  }

  /** Of one connection; calls on it come at the same time as each other and as its end. */
  final class Place {

    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    boolean isTaken() {
      return state.get() == State.TAKEN;
    }

    /**
     * Takes one, unless it has one.
     *
     * @return whether it has one
     */
    boolean take() {
      if (state.get() != State.NONE) {
        return isTaken();
      }
      if (taken.incrementAndGet() > most || !state.compareAndSet(State.NONE, State.TAKEN)) {
        taken.decrementAndGet();
      }
      return isTaken();
    }

    /** The connection has ended: it has none, and gets none any more. */
    void end() {
      if (state.getAndSet(State.ENDED) == State.TAKEN) {
        taken.decrementAndGet();
      }
    }
  }
}
