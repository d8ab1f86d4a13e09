package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file does not hold what its name promises: it is damaged, or was written over meanwhile. */
final class DamagedFileException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final File file;

  DamagedFileException(File file, String message) {
    this(file, message, null);
  }

  DamagedFileException(File file, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.file = file;
  }

  File file() {
    return file;
  }
}
