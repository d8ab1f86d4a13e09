package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import io.tyer.fence.UpdateConflictException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** {@code losing:} writes over what others have written; {@code conflicting:} gives up always. */
public final class BrokenCounters implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BrokenCounters() {}

  @Override
  public Set<String> schemes() {
    return Set.of("losing", "conflicting");
  }

  @Override
  public Subject subject(Address address) {
    return new Shared(address.scheme().equals("losing"));
  }

  private static final class Shared implements Subject, Counters, Counters.Counter {

    private final boolean losing;
    private final AtomicLong number = new AtomicLong();

    Shared(boolean losing) {
      this.losing = losing;
    }

    @Override
    public Set<Ability> abilities() {
      return Set.of(Ability.UPDATES);
    }

    @Override
    public boolean spansProcesses() {
      return false;
    }

    @Override
    public Client open() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Counters openToUpdate() {
      return this;
    }

    @Override
    public Counter counter(String name) {
      return this;
    }

    @Override
    public long make() {
      return number.get();
    }

    @Override
    public void add(Runnable computation) {
      long old = number.get();
      computation.run();
      if (!losing) {
        throw new UpdateConflictException("a number", 1, Duration.ZERO);
      }
      number.set(old + 1);
    }

    @Override
    public void close() {}
  }
}
