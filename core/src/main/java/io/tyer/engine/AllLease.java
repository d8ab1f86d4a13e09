package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LossCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lease for several locks: valid as long as all are, lost when one is. */
final class AllLease implements Lease {

  private static final Logger log = LoggerFactory.getLogger(AllLease.class);

  private final Client engine;
  private final List<Lease> parts;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final List<Consumer<LossCause>> listeners = new ArrayList<>();
  private @Nullable LossCause lossCause;
  private volatile boolean closed;

  /** Of parts in the order in which they were taken. */
  AllLease(Client engine, List<Lease> parts) {
    this.engine = engine;
    this.parts = parts;
    parts.forEach(part -> part.onLost(this::lost));
  }

  @Override
  public String name() {
    return parts.stream().map(Lease::name).collect(Collectors.joining(" + "));
  }

  @Override
  public long token() {
    throw new UnsupportedOperationException(
        "a lease of several locks has a token for each of them: ask for tokenOf(name)");
  }

  @Override
  public long tokenOf(String name) {
    for (Lease part : parts) {
      if (part.name().equals(name)) {
        return part.token();
      }
    }
    throw new IllegalArgumentException("this is a lease of " + name() + ", not of " + name);
  }

  @Override
  public boolean isValid() {
    return !closed && parts.stream().allMatch(Lease::isValid);
  }

  @Override
  public void checkValid() {
    parts.forEach(Lease::checkValid);
  }

  @Override
  public Duration remaining() {
    return parts.stream().map(Lease::remaining).min(Duration::compareTo).orElse(Duration.ZERO);
  }

  @Override
  public Lease onLost(Consumer<LossCause> listener) {
    LossCause known;
    lock.lock();
    try {
      known = lossCause;
      if (known == null && !closed) {
        listeners.add(listener);
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      tell(listener, known);
    }
    return this;
  }

  /** On the thread on which the loss of a part is told. */
  private void lost(LossCause cause) {
    List<Consumer<LossCause>> told;
    lock.lock();
    try {
      if (lossCause != null || closed) {
        return;
      }
      lossCause = cause;
      told = List.copyOf(listeners);
      listeners.clear();
    } finally {
      lock.unlock();
    }
    told.forEach(listener -> tell(listener, cause));
  }

  private void tell(Consumer<LossCause> listener, LossCause cause) {
    engine
        .port()
        .surroundings()
        .startThread(
            "loss",
            () -> {
              try {
                listener.accept(cause);
              } catch (RuntimeException e) {
                log.warn("a listener for the loss of locks {} failed", name(), e);
              }
            });
  }

  @Override
  public void downgrade() {
    throw new UnsupportedOperationException("a lease of several locks cannot be downgraded");
  }

  @Override
  public void close() {
    StorePort port = engine.port();
    if (!Futures.completes(closeAsync(), port.operationTimeoutNanos(), port.surroundings())) {
      log.warn(
          "the store {} has not confirmed that locks {} were given back; finishing in the"
              + " background",
          port.description(),
          name());
    }
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    lock.lock();
    try {
      closed = true;
      listeners.clear();
    } finally {
      lock.unlock();
    }
    List<CompletableFuture<Void>> left = new ArrayList<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      left.add(parts.get(i).closeAsync());
    }
    return CompletableFuture.allOf(left.toArray(CompletableFuture[]::new));
  }

  @Override
  public String toString() {
    return "lease of " + name() + " (" + (isValid() ? "valid" : "not valid") + ")";
  }
}
