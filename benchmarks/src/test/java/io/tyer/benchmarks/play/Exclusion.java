package io.tyer.benchmarks.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether what is measured is a lock at all. */
public final class Exclusion {

  private Exclusion() {}

  /** Whoever wants what another client holds waits until it is released, or is refused. */
  public static void check(Subject subject) throws Exception {
    try (Client one = subject.open();
        Client other = subject.openToHold()) {
      Mutex.Held held = one.mutex("wanted").acquire();
      Mutex wanted = other.mutex("wanted");
      if (!subject.abilities().contains(Subject.Ability.WAITS)) {
        assertThatThrownBy(wanted::acquire).isInstanceOfAny(IOException.class, SQLException.class);
        held.release();
        wanted.pair();
        return;
      }
      AtomicBoolean released = new AtomicBoolean();
      FutureTask<Boolean> waiting =
          new FutureTask<>(
              () -> {
                Mutex.Held next = wanted.acquire();
                boolean after = released.get();
                next.release();
                return after;
              });
      Threads.ofTheSystem().newThread(waiting).start();
      assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      released.set(true);
      held.release();
      assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
