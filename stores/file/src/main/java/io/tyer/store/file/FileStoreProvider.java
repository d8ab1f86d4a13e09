package io.tyer.store.file;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.RecordLineStore;
import java.time.Duration;
import java.util.Set;

/**
 * Stores in a directory that several processes share, on one host or on a network mount.
 *
 * <p>Addresses: {@code file:/var/lib/tyer} (also {@code file:///var/lib/tyer}), {@code file:locks}
 * below the working directory, {@code file:~/locks} below the user's home. Characters that mean
 * something in an address are written {@code %XX}. The directory is made if it is missing, with
 * rights for its owner only; one that exists must be empty or a store already, and what is made in
 * it gets its rights, so that a group can share it ({@code mkdir -m 2770}).
 *
 * <p>Options: {@code buckets}, how many records the lines of a new store are spread over, 256 if
 * not given. It cannot be changed later. More buckets let more names be worked on at once. {@code
 * create=false}: a directory that is no store is not made one, such as that of a share which is not
 * mounted. {@code anybody=true}: a directory that every user of the machine may write is taken.
 */
public final class FileStoreProvider implements LineStoreProvider {

  private static final Duration LEAST_GRACE = Duration.ofSeconds(10);

  /** Where hints arrive, checks find what hints cannot tell: deaths, mainly. */
  private static final StoreTraits TOLD =
      new StoreTraits(true, true, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(300));

  private static final StoreTraits UNTOLD =
      new StoreTraits(true, false, Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(500));

  /** For {@link java.util.ServiceLoader}. */
  public FileStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    return FileDiagnosis.of(FileStoreUri.parse(address), settings);
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    FileStoreUri uri = FileStoreUri.parse(address);
    StoreDirectory directory = StoreOpening.open(uri, settings.surroundings());
    Duration ttl = settings.ttl();
    FileMedium medium =
        new FileMedium(
            directory,
            settings.surroundings(),
            ttl.compareTo(LEAST_GRACE) > 0 ? ttl : LEAST_GRACE,
            Steps.NONE);
    return new RecordLineStore(
        medium,
        settings.surroundings(),
        medium.tells() ? TOLD : UNTOLD,
        settings.operationTimeout());
  }
}
