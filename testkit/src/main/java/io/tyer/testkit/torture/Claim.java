package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whose holder alone does harm to something, from the blow until it is healed. */
final class Claim {

  private final AtomicBoolean taken = new AtomicBoolean();

  /** Does harm, and says what was done and how it is undone. */
  interface Striking {
    Done strike() throws IOException, InterruptedException;
  }

  /** What was done, in words, and how it is undone. */
  record Done(String description, Undoing undoing) {}

  /** Undoes. */
  interface Undoing {
    void run() throws IOException, InterruptedException;
  }

  /** Strikes, unless somebody else's harm is not healed yet. */
  Optional<Fault.Injury> strike(Striking striking) throws IOException, InterruptedException {
    if (!taken.compareAndSet(false, true)) {
      return Optional.empty();
    }
    Done done;
    try {
      done = striking.strike();
    } catch (IOException | InterruptedException | RuntimeException e) {
      taken.set(false);
      throw e;
    }
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return done.description();
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            try {
              done.undoing().run();
            } finally {
              taken.set(false);
            }
          }
        });
  }
}
