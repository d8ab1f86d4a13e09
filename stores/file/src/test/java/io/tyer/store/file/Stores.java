package io.tyer.store.file;

import io.tyer.line.LockName;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import io.tyer.surroundings.SystemSurroundings;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Opens stores for tests. */
final class Stores {

  static final Surroundings SURROUNDINGS = new SystemSurroundings(null);
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Settings SETTINGS =
      new Settings(
          SURROUNDINGS, Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(5));

  private Stores() {}

  static FileMedium open(Path directory) throws StoreException {
    return open(directory, Steps.NONE, GRACE);
  }

  static FileMedium open(Path directory, Steps steps) throws StoreException {
    return open(directory, steps, GRACE);
  }

  static FileMedium open(Path directory, Steps steps, Duration grace) throws StoreException {
    StoreDirectory store = StoreOpening.open(directory, OptionalInt.empty(), SURROUNDINGS);
    return new FileMedium(store, SURROUNDINGS, grace, steps);
  }

  /** What {@code tyer doctor} says of a directory before it opens a client there. */
  static Diagnosis diagnosis(Path directory) {
    return FileDiagnosis.of(
        new FileStoreUri(directory, OptionalInt.empty(), true, false), SETTINGS);
  }

  /** The directory of the record that keeps this lock's line. */
  static File recordOf(Path directory, String lock) throws StoreException {
    // Whoever may write it: only the number of its buckets is asked for.
    FileStoreUri uri = new FileStoreUri(directory, OptionalInt.empty(), true, true);
    try (FileMedium medium =
        new FileMedium(StoreOpening.open(uri, SURROUNDINGS), SURROUNDINGS, GRACE, Steps.NONE)) {
      return directory.resolve("lines").resolve(medium.home(LockName.of(lock)).id()).toFile();
    }
  }

  /** Reads a record that must be there. */
  static Stamped newest(RecordMedium medium, RecordKey key) throws StoreException {
    return Objects.requireNonNull(medium.read(key));
  }

  /** A replacement that must succeed. */
  static Stamped replaced(
      RecordMedium medium, RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    return Objects.requireNonNull(medium.replace(key, expected, content));
  }

  static RecordKey line(int bucket) {
    return new RecordKey(RecordKey.Kind.LINES, Integer.toString(bucket));
  }

  static RecordKey session(String id) {
    return new RecordKey(RecordKey.Kind.SESSION, id);
  }
}
