package io.tyer.benchmarks;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.Tyer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What acquire and release cost one thread, in memory: with a trip to the store, and without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PairBenchmark {

  private final ReentrantLock local = new ReentrantLock();
  private final Tyer tyer = Tyer.open("memory:pairs");
  private final DistributedLock plain = tyer.lock("plain");
  private final DistributedLock biased = tyer.lock("biased").biased(true);

  /** The ticket that is kept from here on. */
  @Setup
  public void take() throws InterruptedException {
    biased.acquire().close();
  }

  /** Gives everything back. */
  @TearDown
  public void close() {
    tyer.close();
  }

  /** A ticket is taken and given back. */
  @Benchmark
  public Lease plain() throws InterruptedException {
    try (Lease lease = plain.acquire()) {
      return lease;
    }
  }

  /** A ticket that is kept under bias serves again. */
  @Benchmark
  public Lease biased() throws InterruptedException {
    try (Lease lease = biased.acquire()) {
      return lease;
    }
  }

  /** The same, with a fencing token. */
  @Benchmark
  public long biasedWithToken() throws InterruptedException {
    try (Lease lease = biased.acquire()) {
      return lease.token();
    }
  }

  /** The JDK's lock, for comparison. */
  @Benchmark
  public int reentrantLock() {
    local.lock();
    try {
      return local.getHoldCount();
    } finally {
      local.unlock();
    }
  }
}
