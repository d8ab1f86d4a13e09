package io.tyer.example.transfers;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two locks at once. Everybody takes them in the order of their names, so that whoever has the
 * first waits only for somebody who waits for none of his: nobody waits in a circle.
 */
final class AccountLocks implements AutoCloseable {

  private static final Comparator<String> BY_UTF_8 =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  /** The last one taken comes first. */
  private final Deque<Lease> leases = new ArrayDeque<>();

  private AccountLocks() {}

  /**
   * Takes both or none, and waits for that long in all.
   *
   * @return empty if it has waited in vain
   * @throws io.tyer.TyerException as {@link io.tyer.Acquirable} says; then none is held
   * @throws InterruptedException if interrupted; then none is held
   */
  static Optional<AccountLocks> tryAcquire(Tyer tyer, Duration wait, Account one, Account other)
      throws InterruptedException {
    long until = System.nanoTime() + wait.toNanos();
    List<String> names = Stream.of(one.lock(), other.lock()).distinct().sorted(BY_UTF_8).toList();
    AccountLocks locks = new AccountLocks();
    try {
      for (String name : names) {
        Duration left = Duration.ofNanos(until - System.nanoTime());
        OptionalLease lease = tyer.lock(name).tryAcquire(left);
        if (lease.isEmpty()) {
          return Optional.empty();
        }
        locks.leases.push(lease.get());
      }
      AccountLocks all = locks;
      locks = new AccountLocks(); // nothing is left for the finally to give back
      return Optional.of(all);
    } finally {
      locks.close();
    }
  }

  /** The lease of this account's lock. */
  Lease of(Account account) {
    return leases.stream()
        .filter(lease -> lease.name().equals(account.lock()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the lock of " + account + " is not held"));
  }

  /** Gives them back, the last one first. */
  @Override
  public void close() {
    leases.forEach(Lease::close);
  }
}
