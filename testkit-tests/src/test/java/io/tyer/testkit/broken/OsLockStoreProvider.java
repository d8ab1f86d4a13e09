package io.tyer.testkit.broken;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.ProcessProof;
import io.tyer.store.record.RecordLineStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Stores in a directory whose compare-and-set is an operating system's file lock: {@code
 * oslock:/directory}. Sound where such locks exclude each other, as on a local disk; broken on
 * mounts that grant them to each host for itself.
 */
public final class OsLockStoreProvider implements LineStoreProvider {

  private static final StoreTraits TRAITS =
      new StoreTraits(true, false, Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(200));

  /** For {@link java.util.ServiceLoader}. */
  public OsLockStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("oslock");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    return new RecordLineStore(
        new OsLockMedium(Path.of(address.location()), settings),
        settings.surroundings(),
        TRAITS,
        settings.operationTimeout(),
        ProcessProof.none());
  }
}
