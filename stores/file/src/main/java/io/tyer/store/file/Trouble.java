package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Says why a file could not be worked with and what helps. The cause is found by looking at the
 * directory, not in the operating system's message: that is in the user's language.
 */
final class Trouble {

  private static final long FULL_BYTES = 64 << 10;

  private final File root;

  Trouble(File root) {
    this.root = root;
  }

  /** Something failed before it could have had an effect. */
  StoreException noEffect(String doing, File at, IOException e) {
    if (e instanceof DamagedFileException damaged) {
      return damaged(damaged.file(), e);
    }
    Cause cause = cause(at);
    return new StoreException(cause.kind, text(doing, at, cause, e), e);
  }

  /** Something failed that may have had an effect, unless the cause shows that it had none. */
  StoreException unknown(String doing, File at, Exception e) {
    return new StoreException(Kind.UNKNOWN, text(doing, at, cause(at), e), e);
  }

  /** Whether the state of the directory explains the failure of any change in it. */
  boolean explainsFailure(File at) {
    return cause(at) != Cause.OTHER;
  }

  private static StoreException damaged(File file, IOException e) {
    return new StoreException(
        Kind.REFUSED,
        "cannot use "
            + file
            + ": "
            + e.getMessage()
            + ". If the machine lost power, stop every client that uses this directory and remove"
            + " the file; the state before it then holds, and tokens given out since may come"
            + " again",
        e);
  }

  private static String text(String doing, File at, Cause cause, Exception e) {
    return "cannot " + doing + " " + at + ": " + cause.remedy + " (" + e.getMessage() + ")";
  }

  private Cause cause(File at) {
    if (!root.exists()) {
      return Cause.GONE;
    }
    if (!root.isDirectory()) {
      return Cause.NO_DIRECTORY;
    }
    if (isReadOnly()) {
      return Cause.READ_ONLY;
    }
    if (isForbidden(at)) {
      return Cause.FORBIDDEN;
    }
    if (root.getUsableSpace() < FULL_BYTES) {
      return Cause.FULL;
    }
    return Cause.OTHER;
  }

  private boolean isReadOnly() {
    try {
      return Files.getFileStore(root.toPath()).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isForbidden(File at) {
    if (!root.canRead() || !root.canWrite() || !root.canExecute()) {
      return true;
    }
    if (at.exists() && (!at.canRead() || (at.isDirectory() && !at.canWrite()))) {
      return true;
    }
    File parent = at.getParentFile();
    return parent != null && parent.exists() && !(parent.canWrite() && parent.canExecute());
  }

  /** What is the matter, and what helps. */
  private enum Cause {
    GONE(
        Kind.UNREACHABLE,
        "the store's directory is not there; if it is on a share, mount it again"),
    NO_DIRECTORY(Kind.REFUSED, "the store's address does not name a directory"),
    READ_ONLY(Kind.REFUSED, "it is mounted read-only; mount it writable"),
    FORBIDDEN(
        Kind.REFUSED,
        "this process has no right to; let its user, or a group that it is in, read and write the"
            + " whole directory (chmod -R g+rwX, and g+s on directories)"),
    FULL(Kind.UNREACHABLE, "there is no space left; free some"),
    OTHER(Kind.UNREACHABLE, "the file system reports a failure");

    private final Kind kind;
    private final String remedy;

    Cause(Kind kind, String remedy) {
      this.kind = kind;
      this.remedy = remedy;
    }
  }
}
