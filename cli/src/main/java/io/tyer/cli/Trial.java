package io.tyer.cli;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.spi.Finding;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Uses the store as everybody does, with a lock of its own, and says how long each step took. */
final class Trial {

  private static final int PAIRS = 20;

  /** A wake-up that takes longer was not told but looked for. */
  private static final double TOLD_MILLIS = 100;

  private final StoreChoice store;
  private final Duration limit;
  private final Consumer<Finding> found;
  private final String name = "tyer-doctor/" + UUID.randomUUID();

  Trial(StoreChoice store, Duration limit, Consumer<Finding> found) {
    this.store = store;
    this.limit = limit;
    this.found = found;
  }

  /** Whether all of it could be done. */
  boolean run() throws InterruptedException {
    long begin = System.nanoTime();
    try (Tyer one = Client.lookingOn(store)) {
      found.accept(Finding.ok("open", "a session was opened within " + since(begin)));
      beat(one);
      pairs(one);
      wakeUp(one);
      return true;
    } catch (TyerException e) {
      found.accept(Finding.problem("open", String.valueOf(e.getMessage()), ""));
      return false;
    }
  }

  private void beat(Tyer one) {
    long begin = System.nanoTime();
    one.operator().bearers(List.of(ProcessHandle.current()));
    found.accept(Finding.ok("beat", "a beat was acknowledged within " + since(begin)));
  }

  private void pairs(Tyer one) throws InterruptedException {
    double[] millis = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      long begin = System.nanoTime();
      if (!passes(one)) {
        found.accept(Finding.problem("lock", "a lock that nobody has was refused", ""));
        return;
      }
      millis[i] = millis(begin);
    }
    Arrays.sort(millis);
    found.accept(
        Finding.ok(
            "lock",
            "taking a lock and giving it back takes " + text(millis[PAIRS / 2]) + " (median)"));
  }

  private boolean passes(Tyer one) throws InterruptedException {
    return one.lock(name)
        .tryAcquire()
        .map(
            lease -> {
              lease.close();
              return true;
            })
        .orElse(false);
  }

  /** Another client stands in line behind this one, and is let in. */
  private void wakeUp(Tyer one) throws InterruptedException {
    try (Tyer other = Client.lookingOn(store)) {
      OptionalLease held = one.lock(name).tryAcquire();
      if (held.isEmpty()) {
        return;
      }
      CompletableFuture<Long> granted = other.lock(name).acquireAsync().thenApply(Trial::giveBack);
      Waits.until(() -> waits(one), limit);
      long begin = giveBack(held.get());
      double millis = (granted.get(limit.toMillis(), TimeUnit.MILLISECONDS) - begin) / 1e6;
      String text = "who waits for a lock has it " + text(millis) + " after it was given back";
      found.accept(
          millis <= TOLD_MILLIS
              ? Finding.ok("wake-up", text)
              : Finding.warning("wake-up", text, "see what was found about watching"));
    } catch (TimeoutException e) {
      found.accept(Finding.problem("wake-up", "who waited for a lock did not get it", ""));
    } catch (ExecutionException e) {
      found.accept(Finding.problem("wake-up", String.valueOf(e.getCause()), ""));
    }
  }

  /** Answers when. */
  private static long giveBack(Lease lease) {
    long now = System.nanoTime();
    lease.close();
    return now;
  }

  private boolean waits(Tyer one) {
    return one.lock(name).view().line().size() > 1;
  }

  private static String since(long begin) {
    return text(millis(begin));
  }

  private static double millis(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static String text(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }
}
