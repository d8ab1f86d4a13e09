package io.tyer.testkit.torture;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Interrupts the thread that made it after some time, unless it was closed before. */
final class Interruption implements AutoCloseable {

  private enum State {
    ARMED,
    STRIKING,
    OVER
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.ARMED);
  private final Thread victim = Thread.currentThread();
  private final Future<?> timer;

  Interruption(ScheduledExecutorService timers, long millis) {
    this.timer = timers.schedule(this::strike, millis, TimeUnit.MILLISECONDS);
  }

  private void strike() {
    if (state.compareAndSet(State.ARMED, State.STRIKING)) {
      victim.interrupt();
      state.set(State.OVER);
    }
  }

  /** When this returns, the interrupt has come or never will; the flag is clear. */
  @Override
  public void close() {
    if (!state.compareAndSet(State.ARMED, State.OVER)) {
      while (state.get() != State.OVER) {
        Thread.onSpinWait();
      }
    }
    timer.cancel(false);
    Thread.interrupted();
  }
}
