package io.tyer.fence;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps a value, and loses requests and replies as it is told to. */
final class Unreliable extends AbstractVersioned<String> {

  /** What becomes of a write. */
  enum Fate {
    ANSWERED,
    /** It takes effect, and nobody is told. */
    REPLY_LOST,
    /** It never arrives, and nobody is told. */
    REQUEST_LOST,
    /** It is told as unknown, and arrives before the next write but one. */
    LATE,
    UNREACHABLE
  }

  /** What is kept, for several clients. */
  static final class Place {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StoredVersion kept;
    private int writes;

    Optional<StoredVersion> load() {
      lock.lock();
      try {
        return Optional.ofNullable(kept);
      } finally {
        lock.unlock();
      }
    }

    boolean exchange(Optional<Version> expected, @Nullable StoredVersion next) {
      lock.lock();
      try {
        if (!load().map(StoredVersion::version).equals(expected)) {
          return false;
        }
        kept = next;
        writes++;
        return true;
      } finally {
        lock.unlock();
      }
    }

    int writes() {
      return writes;
    }
  }

  private final Place place;
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final Deque<StoredVersion> late = new ArrayDeque<>();
  private Runnable afterLoss = () -> {};

  Unreliable(Place place) {
    super("unreliable", Codec.text());
    this.place = place;
  }

  /** Of the next writes, one each; those after them are answered. */
  Unreliable next(Fate... coming) {
    fates.addAll(List.of(coming));
    return this;
  }

  /** What others do before this client looks what became of a write. */
  Unreliable afterLoss(Runnable what) {
    afterLoss = what;
    return this;
  }

  @Override
  protected Optional<StoredVersion> load() {
    return place.load();
  }

  @Override
  protected boolean store(StoredVersion next) {
    Fate fate = fates.isEmpty() ? Fate.ANSWERED : fates.remove();
    if (!late.isEmpty() && fate != Fate.LATE) {
      StoredVersion arrived = late.remove();
      boolean unused = place.exchange(arrived.previous(), arrived);
    }
    boolean done =
        switch (fate) {
          case ANSWERED, REPLY_LOST -> place.exchange(next.previous(), next);
          case LATE -> {
            late.add(next);
            yield false;
          }
          case REQUEST_LOST, UNREACHABLE -> false;
        };
    if (fate == Fate.ANSWERED) {
      return done;
    }
    if (fate == Fate.UNREACHABLE) {
      throw new StoreUnreachableException("not reached", null);
    }
    afterLoss.run();
    throw new OutcomeUnknownException("no answer", null);
  }

  @Override
  protected boolean delete(Version expected) {
    return place.exchange(Optional.of(expected), null);
  }
}
