package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LossCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lease for several locks: valid as long as all are, lost when one is. */
final class AllLease implements Lease {

  private static final Logger log = LoggerFactory.getLogger(AllLease.class);

  private final Client client;
  private final List<Lease> parts;
  private volatile boolean closed;

  /** Of parts in the order in which they were taken. */
  AllLease(Client client, List<Lease> parts) {
    this.client = client;
    this.parts = parts;
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

  /** Of a part that is lost meanwhile the others are lost, too, however long they would last. */
  @Override
  public void extend(Duration maxHold) {
    checkValid();
    parts.forEach(part -> part.extend(maxHold));
  }

  /** Each part starts its listener as soon as it is lost: the first one to do so tells. */
  @Override
  public Lease onLost(Consumer<LossCause> listener) {
    AtomicBoolean told = new AtomicBoolean();
    Consumer<LossCause> once =
        cause -> {
          if (!closed && told.compareAndSet(false, true)) {
            listener.accept(cause);
          }
        };
    parts.forEach(part -> part.onLost(once));
    return this;
  }

  /** Each part by a future of its own, since each cancels what it was bound to when it ends. */
  @Override
  public Lease boundTo(CompletableFuture<?> end) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Lease part : parts) {
      CompletableFuture<Void> own = new CompletableFuture<>();
      part.boundTo(own);
      ends.add(own);
    }
    CompletableFuture<?> unused =
        end.whenComplete(
            (done, failure) -> {
              for (CompletableFuture<Void> own : ends) {
                if (failure == null) {
                  own.complete(null);
                } else {
                  own.completeExceptionally(failure);
                }
              }
            });
    CompletableFuture<?> unusedToo =
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
            .whenComplete((done, failure) -> end.cancel(false));
    return this;
  }

  @Override
  public void downgrade() {
    throw new UnsupportedOperationException("a lease of several locks cannot be downgraded");
  }

  @Override
  public void close() {
    StorePort port = client.port();
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
    closed = true;
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
