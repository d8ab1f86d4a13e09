package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.floors.LocalLocks;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code broken:} excludes nobody; {@code backward:} does, but its tokens fall. */
public final class BrokenLocks implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BrokenLocks() {}

  @Override
  public Set<String> schemes() {
    return Set.of("broken", "backward");
  }

  @Override
  public Subject subject(Address address) {
    Subject sound = new LocalLocks(true);
    return new Locks(address.scheme().equals("backward") ? sound : null);
  }

  private static final class Locks implements Subject {

    private final @Nullable Subject exclusion;
    private final AtomicLong tokens = new AtomicLong(Long.MAX_VALUE);

    Locks(@Nullable Subject exclusion) {
      this.exclusion = exclusion;
    }

    @Override
    public Set<Ability> abilities() {
      return Set.of(Ability.PAIRS, Ability.WAITS);
    }

    @Override
    public boolean spansProcesses() {
      return false;
    }

    @Override
    public Client open() throws Exception {
      Client inner = exclusion == null ? null : exclusion.open();
      return new Client() {
        @Override
        public Mutex mutex(String name) throws Exception {
          Mutex mutex = inner == null ? null : inner.mutex(name);
          return () -> {
            Mutex.Held held = mutex == null ? null : mutex.acquire();
            return new Mutex.Held() {
              @Override
              public void release() throws Exception {
                if (held != null) {
                  held.release();
                }
              }

              @Override
              public long token() {
                return held == null ? 0 : tokens.decrementAndGet();
              }
            };
          };
        }

        @Override
        public void close() {}
      };
    }
  }
}
