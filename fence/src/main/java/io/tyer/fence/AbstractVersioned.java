package io.tyer.fence;

import com.google.errorprone.annotations.CheckReturnValue;
import io.tyer.OutcomeUnknownException;
import io.tyer.Retry;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * All of {@link Versioned} but where the bytes are kept, for those who keep them somewhere else:
 * three atomic steps.
 *
 * <p>A write whose outcome is unknown is settled here. The version it expects never comes back, so
 * it can take effect once only, however often it is sent; and whatever stands in its place says
 * which version it followed. Only when there is no value any more, or more than one write has gone
 * over it, nobody can tell.
 *
 * @param <T> what the value is
 */
@CheckReturnValue
public abstract class AbstractVersioned<T> implements Versioned<T> {

  /** How long it is tried to find out what a write has done. */
  private static final Retry SETTLING =
      new Retry(5, Duration.ofMillis(20), Duration.ofMillis(500), 0.5);

  /** Of what can be told in nanoseconds. */
  static final Duration LONGEST = Duration.ofDays(365);

  private final String resource;
  private final Codec<T> codec;

  /**
   * Of one resource.
   *
   * @param resource what it is called in messages
   */
  protected AbstractVersioned(String resource, Codec<T> codec) {
    this.resource = resource;
    this.codec = codec;
  }

  /** What is kept now; empty if there is nothing. Throws as {@link Versioned} says of reading. */
  protected abstract Optional<StoredVersion> load() throws InterruptedException;

  /**
   * In one step: writes this if {@link StoredVersion#previous} is what stands, or is empty and
   * nothing stands. May be called again with the same, after an unknown outcome, and must then not
   * write it twice; that nothing but the version decides is enough for that.
   *
   * @return whether it wrote it; throws as {@link Versioned} says of writing
   */
  protected abstract boolean store(StoredVersion next) throws InterruptedException;

  /**
   * In one step: removes the value if this version stands.
   *
   * @return whether it did; throws as {@link Versioned} says of writing
   */
  protected abstract boolean delete(Version expected) throws InterruptedException;

  /**
   * Tells of changes of what is kept, to one waiter. Unless this is overridden, it is looked at
   * again and again, at least four times a second.
   */
  protected Changes changes() {
    return new Looks();
  }

  @Override
  public final String resource() {
    return resource;
  }

  @Override
  public final Optional<Entry<T>> read() throws InterruptedException {
    return load().map(found -> new Entry<>(codec.decode(found.content()), found.version()));
  }

  @Override
  public final Optional<Version> create(T value) throws InterruptedException {
    return written(next(Optional.empty(), value));
  }

  @Override
  public final Optional<Version> replace(Version expected, T value) throws InterruptedException {
    return written(next(Optional.of(expected), value));
  }

  @Override
  public final boolean remove(Version expected) throws InterruptedException {
    return delete(expected);
  }

  @Override
  public final <E extends Exception> Entry<T> update(Retry retry, Change<T, E> change)
      throws E, InterruptedException {
    long start = System.nanoTime();
    for (int tries = 1; ; tries++) {
      Optional<Entry<T>> current = read();
      T value = change.apply(current.map(Entry::value));
      Optional<Version> version = written(next(current.map(Entry::version), value));
      if (version.isPresent()) {
        return new Entry<>(value, version.get());
      }
      if (tries >= retry.attempts()) {
        throw new UpdateConflictException(
            resource, tries, Duration.ofNanos(System.nanoTime() - start));
      }
      pause(retry, tries);
    }
  }

  @Override
  public final boolean awaitUntil(Predicate<? super Optional<T>> condition, Duration wait)
      throws InterruptedException {
    if (isSo(condition)) {
      return true;
    }
    long start = System.nanoTime();
    try (Changes changes = changes()) {
      while (!isSo(condition)) {
        Duration rest = wait.minusNanos(System.nanoTime() - start);
        if (rest.isNegative() || rest.isZero()) {
          return false;
        }
        changes.await(rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
      }
    }
    return true;
  }

  @Override
  public final CompletableFuture<Void> whenMovedOn(Version version) {
    return MovedOnWatch.start(
        resource,
        this::changes,
        () -> load().map(StoredVersion::version).equals(Optional.of(version)),
        AbstractVersioned::pause);
  }

  private boolean isSo(Predicate<? super Optional<T>> condition) throws InterruptedException {
    return condition.test(read().map(Entry::value));
  }

  /** What is to take the place of this version. */
  final StoredVersion next(Optional<Version> expected, T value) {
    return new StoredVersion(Version.random(), expected, codec.encode(value));
  }

  /** A value as the codec reads it. */
  final Entry<T> entry(StoredVersion found) {
    return new Entry<>(codec.decode(found.content()), found.version());
  }

  private Optional<Version> written(StoredVersion next) throws InterruptedException {
    boolean written;
    try {
      written = store(next);
    } catch (OutcomeUnknownException e) {
      written = settled(next, e);
    }
    return written ? Optional.of(next.version()) : Optional.empty();
  }

  /** Whether a write took effect that was not answered; it will not any more if this is false. */
  private boolean settled(StoredVersion next, OutcomeUnknownException unknown) {
    try {
      for (int tries = 1; tries <= SETTLING.attempts(); tries++) {
        try {
          Optional<StoredVersion> found = load();
          if (found.isEmpty()) {
            throw unknown;
          }
          Optional<Version> expected = next.previous();
          Version stands = found.get().version();
          Optional<Version> before = found.get().previous();
          if (stands.equals(next.version()) || before.equals(Optional.of(next.version()))) {
            return true;
          }
          if (expected.isEmpty()) {
            throw unknown;
          }
          if (before.equals(expected)) {
            return false;
          }
          if (!expected.get().equals(stands)) {
            throw unknown;
          }
          if (store(next)) {
            return true;
          }
          // The first one has arrived, or somebody else's: look again.
        } catch (StoreUnreachableException e) {
          unknown.addSuppressed(e);
        } catch (OutcomeUnknownException e) {
          if (e == unknown) {
            throw e;
          }
        }
        pause(SETTLING, tries);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreRefusedException e) {
      unknown.addSuppressed(e);
    }
    throw unknown;
  }

  private static void pause(Retry retry, int tries) throws InterruptedException {
    long nanos = retry.pauseAfter(tries, ThreadLocalRandom.current().nextDouble()).toNanos();
    long start = System.nanoTime();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long rest = nanos - (System.nanoTime() - start);
      if (rest <= 0) {
        return;
      }
      LockSupport.parkNanos(AbstractVersioned.class, rest);
    }
  }

  @Override
  public String toString() {
    return "versioned " + resource;
  }
}
