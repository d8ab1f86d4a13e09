package io.tyer.store.file;

import io.tyer.engine.SystemSurroundings;
import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
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

  /** The directory of the record that keeps this lock's line. */
  static File recordOf(Path directory, String lock) throws StoreException {
    try (FileMedium medium = open(directory)) {
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
