package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LossCause;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user is handed when forgotten leases are to be reported: when this object becomes
 * unreachable without having been closed, that is logged with where it was acquired. The lock is
 * not freed: nobody knows what still works under it.
 */
final class ReportedLease implements Lease {

  private static final Logger log = LoggerFactory.getLogger(ReportedLease.class);

  private final HeldLease lease;
  private final AtomicBoolean closed;

  private ReportedLease(HeldLease lease, AtomicBoolean closed) {
    this.lease = lease;
    this.closed = closed;
  }

  /** Where it was acquired is told by the stack of {@code where}. */
  static Lease around(HeldLease lease, Throwable where) {
    AtomicBoolean closed = new AtomicBoolean();
    ReportedLease reported = new ReportedLease(lease, closed);
    String name = lease.name();
    CleanerHolder.CLEANER.register(
        reported,
        () -> {
          if (!closed.get()) {
            log.warn("a lease of lock {} was forgotten without being closed", name, where);
          }
        });
    return reported;
  }

  HeldLease inner() {
    return lease;
  }

  /** Started only where reporting is wanted. */
  private static final class CleanerHolder {
    static final Cleaner CLEANER =
        Cleaner.create(
            task -> {
              Thread thread = new Thread(null, task, "tyer-unclosed", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  @Override
  public String name() {
    return lease.name();
  }

  @Override
  public long token() {
    return lease.token();
  }

  @Override
  public boolean isValid() {
    return lease.isValid();
  }

  @Override
  public void checkValid() {
    lease.checkValid();
  }

  @Override
  public Duration remaining() {
    return lease.remaining();
  }

  @Override
  public void extend(Duration maxHold) {
    lease.extend(maxHold);
  }

  @Override
  public Lease onLost(Consumer<LossCause> listener) {
    lease.onLost(listener);
    return this;
  }

  @Override
  public Lease boundTo(CompletableFuture<?> end) {
    lease.boundTo(end);
    return this;
  }

  @Override
  public void downgrade() {
    lease.downgrade();
  }

  @Override
  public void close() {
    closed.set(true);
    lease.close();
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    closed.set(true);
    return lease.closeAsync();
  }

  @Override
  public String toString() {
    return lease.toString();
  }
}
