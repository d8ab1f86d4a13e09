package io.tyer.store.record;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and changes them by compare-and-set: the one loop behind every change, whatever the
 * record holds.
 */
final class Records {

  /** How often a change whose outcome is unknown meets a failing store before it gives up. */
  private static final int MOST_FAILURES = 4;

  private final RecordMedium medium;
  private final Surroundings surroundings;
  private final Lasting lasting;
  private final Turns turns = new Turns();

  Records(RecordMedium medium, Lasting lasting, Surroundings surroundings) {
    this.medium = medium;
    this.lasting = lasting;
    this.surroundings = surroundings;
  }

  /** How a record is called in messages. */
  static String nameOf(RecordKey key) {
    return key.kind() + "/" + key.id();
  }

  /**
   * The newest version, or null if there is no such record.
   *
   * @throws StoreException REFUSED if it cannot be read by this release; as the medium throws
   */
  <S> @Nullable Versioned<S> read(RecordKey key, Form<S> form) throws StoreException {
    Stamped stamped = medium.read(key);
    if (stamped == null) {
      return null;
    }
    try {
      return new Versioned<>(stamped, form.decode(key, stamped));
    } catch (MalformedRecordException e) {
      throw e.refused(key, medium.description());
    }
  }

  /**
   * The newest versions of several records of one kind, each by itself; one that does not exist is
   * not in the answer.
   */
  <S> Map<RecordKey, Reading<Versioned<S>>> readEach(
      Collection<RecordKey> keys, Form<S> form, Function<RecordKey, @Nullable Stamped> known)
      throws StoreException {
    Map<RecordKey, Reading<Versioned<S>>> all = new HashMap<>();
    for (Map.Entry<RecordKey, Reading<Stamped>> read : medium.readEach(keys, known).entrySet()) {
      all.put(read.getKey(), decoded(read.getKey(), form, read.getValue()));
    }
    return all;
  }

  private <S> Reading<Versioned<S>> decoded(RecordKey key, Form<S> form, Reading<Stamped> read) {
    try {
      Stamped stamped = read.orThrow();
      return Reading.of(
          stamped == null ? null : new Versioned<>(stamped, form.decode(key, stamped)));
    } catch (StoreException e) {
      return Reading.failed(e);
    } catch (MalformedRecordException e) {
      return Reading.failed(e.refused(key, medium.description()));
    }
  }

  /**
   * Changes a record, or finds that it is to stay as it is, which counts for the newest version
   * only. Tries again when others are faster, and settles an unknown outcome by reading again.
   *
   * @param guess a version that may still be the newest one, to save reading it; or null
   * @throws StoreException UNREACHABLE if nothing was written, UNKNOWN if something may have been
   *     or may yet be; what the change throws
   */
  <S, R> Change.Settled<S, R> update(
      RecordKey key,
      Form<S> form,
      @Nullable Versioned<S> guess,
      Change<S, R> change,
      Deadline deadline)
      throws StoreException {
    ReentrantLock turn = turns.take(key, deadline);
    try {
      return new Update<>(key, form, guess, change, deadline).run();
    } finally {
      turn.unlock();
    }
  }

  /** One change while it is tried. */
  private final class Update<S, R> {

    private final RecordKey key;
    private final Form<S> form;
    private final Change<S, R> change;
    private final Deadline deadline;
    private final Backoff backoff = new Backoff(surroundings);
    private final List<R> possible = new ArrayList<>(0);

    private @Nullable Versioned<S> found;
    private boolean toRead;
    private boolean guessed;
    private int failures;

    Update(
        RecordKey key,
        Form<S> form,
        @Nullable Versioned<S> guess,
        Change<S, R> change,
        Deadline deadline) {
      this.key = key;
      this.form = form;
      this.change = change;
      this.deadline = deadline;
      this.found = guess;
      this.guessed = guess != null;
      this.toRead = guess == null;
    }

    Change.Settled<S, R> run() throws StoreException {
      while (true) {
        try {
          Change.Settled<S, R> settled = attempt();
          if (settled != null) {
            return settled;
          }
        } catch (StoreException e) {
          bear(e);
        }
        if (toRead && deadline.passed()) {
          throw tooBusy();
        }
      }
    }

    private Change.@Nullable Settled<S, R> attempt() throws StoreException {
      if (toRead) {
        found = read(key, form);
        toRead = false;
      }
      Change.Next<S, R> next;
      try {
        next = change.next(found);
      } catch (StoreException e) {
        if (!guessed) {
          throw e;
        }
        return readFirst();
      }
      S write = next.write();
      if (write == null) {
        if (guessed) {
          return readFirst();
        }
        return new Change.Settled<>(found, next.answer(), possible);
      }
      checkMayWrite();
      toRead = true;
      guessed = false;
      Stamped written = replace(next, write);
      if (written == null) {
        backoff.pause(deadline);
        return null;
      }
      found = new Versioned<>(written, write);
      toRead = false;
      return next.again() ? null : new Change.Settled<>(found, next.answer(), possible);
    }

    /** Nothing may be answered from a guess: it may be as old as it likes. */
    private Change.@Nullable Settled<S, R> readFirst() {
      guessed = false;
      toRead = true;
      return null;
    }

    private void checkMayWrite() throws StoreException {
      if (deadline.passed()) {
        throw givenUp("the time for this request was over before anything was written", null);
      }
      if (!possible.isEmpty() && !change.repeatable()) {
        throw givenUp("a request that is not repeated has had no answer", null);
      }
    }

    private @Nullable Stamped replace(Change.Next<S, R> next, S write) throws StoreException {
      try {
        Stamped expected = found == null ? null : found.stamped();
        byte[] content = form.encode(write);
        return expected != null && !next.again() && change.mayBeUndone()
            ? medium.replaceLoosely(key, expected, content, change.hints(next.answer()))
            : replaceForGood(expected, content);
      } catch (StoreException e) {
        if (e.kind() == Kind.UNKNOWN && !next.again()) {
          possible.add(next.answer());
        }
        throw e;
      }
    }

    private @Nullable Stamped replaceForGood(@Nullable Stamped expected, byte[] content)
        throws StoreException {
      long began = lasting.begin();
      Stamped written = medium.replace(key, expected, content);
      if (written != null) {
        lasting.wrote(began);
      }
      return written;
    }

    /** Goes on after a failure if something has to be found out; else throws it. */
    private void bear(StoreException failure) throws StoreException {
      if (failure.kind() == Kind.SESSION_DEAD) {
        throw failure;
      }
      boolean toSettle = !possible.isEmpty() || failure.kind() == Kind.UNKNOWN;
      if (!toSettle) {
        throw failure;
      }
      failures++;
      if (failure.kind() == Kind.REFUSED || failures > MOST_FAILURES || deadline.passed()) {
        throw givenUp(String.valueOf(failure.getMessage()), failure);
      }
      toRead = true;
      guessed = false;
      backoff.pause(deadline);
    }

    private StoreException tooBusy() {
      return givenUp(
          "too busy: others kept changing record "
              + nameOf(key)
              + " of "
              + medium.description()
              + " until the time for this request was over",
          null);
    }

    private StoreException givenUp(String message, @Nullable Throwable cause) {
      Kind kind = possible.isEmpty() ? Kind.UNREACHABLE : Kind.UNKNOWN;
      return new StoreException(kind, message, cause);
    }
  }
}
