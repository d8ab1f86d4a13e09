package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file does not hold what its name promises: it is damaged, or was written over meanwhile. */
final class DamagedFileException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final File file;
  private final boolean newer;

  DamagedFileException(File file, String message) {
    this(file, message, false, null);
  }

  DamagedFileException(File file, String message, Throwable cause) {
    this(file, message, false, cause);
  }

  private DamagedFileException(
      File file, String message, boolean newer, @Nullable Throwable cause) {
    super(message, cause);
    this.file = file;
    this.newer = newer;
  }

  /** The file is one of a later release, as far as it says. */
  static DamagedFileException newer(File file, int format, int known) {
    return new DamagedFileException(
        file,
        "it has format " + format + ", and this Tyer knows formats up to " + known,
        true,
        null);
  }

  /** Whether a later release can read it. */
  boolean isNewer() {
    return newer;
  }

  File file() {
    return file;
  }
}
