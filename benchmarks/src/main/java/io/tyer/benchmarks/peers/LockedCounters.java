package io.tyer.benchmarks.peers;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Numbers that are changed under a lock of Tyer's, one for each. */
final class LockedCounters implements Counters {

  private final Tyer tyer;
  private final Numbers numbers;

  /** Both end with it. */
  LockedCounters(Tyer tyer, Numbers numbers) {
    this.tyer = tyer;
    this.numbers = numbers;
  }

  /** In the same database, or on the same server, as the locks; null where none are measured. */
  static @Nullable Numbers beside(Address place, boolean fenced) throws IOException {
    if (Database.of(place).isPresent()) {
      return SqlNumbers.open(place, fenced);
    }
    return Places.isServer(place) ? new RedisNumbers(place, fenced) : null;
  }

  private record Locked(DistributedLock lock, Numbers numbers, String name) implements Counter {

    @Override
    public long make() throws Exception {
      return numbers.make(name);
    }

    @Override
    public void add(Runnable computation) throws Exception {
      try (Lease lease = lock.acquire()) {
        numbers.add(name, lease, computation);
      }
    }
  }

  @Override
  public Counter counter(String name) {
    return new Locked(tyer.lock(name), numbers, name);
  }

  @Override
  public void close() throws IOException {
    tyer.close();
    numbers.close();
  }
}
