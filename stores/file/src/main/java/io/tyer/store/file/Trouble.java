package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * Says why a file could not be worked with and what helps. The cause is found by looking at the
 * directory, not in the operating system's message: that is in the user's language.
 */
final class Trouble {

  private static final long FULL_BYTES = 64 << 10;

  private final File root;
  private final boolean made;

  private Trouble(File root, boolean made) {
    this.root = root;
    this.made = made;
  }

  /** In a directory that is to become a store, or to be recognised as one. */
  static Trouble atOpening(File root) {
    return new Trouble(root, false);
  }

  /** In a directory that is a store, or was one. */
  static Trouble ofStore(File root) {
    return new Trouble(root, true);
  }

  /** Something failed before it could have had an effect. */
  StoreException noEffect(String doing, File at, IOException e) {
    if (e instanceof DamagedFileException damaged) {
      return damaged(damaged);
    }
    Cause cause = cause(at);
    return new StoreException(cause.kind, text(doing, at, cause, e), e);
  }

  /** Something failed that may have had an effect, unless the cause shows that it had none. */
  StoreException unknown(String doing, File at, Exception e) {
    return new StoreException(Kind.UNKNOWN, text(doing, at, cause(at), e), e);
  }

  /** The store, or this folder of it, was not found. */
  StoreException missing(File folder) {
    Cause cause = cause(folder);
    Cause told = cause.equals(Cause.OTHER) ? Cause.GONE : cause;
    return new StoreException(told.kind, "cannot use " + root + ": " + told.remedy);
  }

  /** Something is a link that no client makes. */
  StoreException link(File link) {
    return new StoreException(
        Kind.REFUSED,
        "cannot use "
            + link
            + ": it is a symbolic link, and no client makes one. Somebody may have put it there to"
            + " reach files elsewhere: see who may write "
            + root
            + ", and remove the link (rm "
            + link
            + "); what it hides is then missing, as if it had been removed");
  }

  /** A record that is not what versions leave behind them. */
  StoreException spoilt(File record, String why) {
    return new StoreException(
        Kind.REFUSED, "cannot use " + record + ": " + why + ". " + removal(record));
  }

  /** Whether the state of the directory explains the failure of any change in it. */
  boolean explainsFailure(File at) {
    return !cause(at).equals(Cause.OTHER);
  }

  private StoreException damaged(DamagedFileException e) {
    String what = "cannot use " + e.file() + ": " + e.getMessage();
    if (e.isNewer()) {
      return new StoreException(Kind.REFUSED, what, e);
    }
    File folder = e.file().getParentFile();
    boolean record = folder.getParentFile().equals(root);
    return new StoreException(Kind.REFUSED, what + ". " + removal(record ? e.file() : folder), e);
  }

  /**
   * How to remove a record by hand: at once, by a rename, since whoever writes in the middle of a
   * removal spoils the record for good. To go back to the version before is no way out, since it
   * knows nothing of tokens given out since.
   */
  private String removal(File record) {
    return "If it cannot be restored, move it away as a whole, which may be done while clients run:"
        + " mv "
        + record
        + " "
        + new File(root, "tmp")
        + ". What it says is then forgotten (in lines: who holds and who waits; in sessions: that"
        + " one lives), and tokens grow on";
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
    if (made && isGone(new File(root, FormatMarker.FILE_NAME))) {
      return Cause.GONE;
    }
    if (isReadOnly()) {
      return Cause.READ_ONLY;
    }
    if (isForbidden(at)) {
      return Cause.FORBIDDEN;
    }
    for (String name : StoreDirectory.FOLDERS) {
      File folder = new File(root, name);
      if (made && isGone(folder)) {
        return Cause.incomplete(folder);
      }
    }
    if (root.getUsableSpace() < FULL_BYTES) {
      return Cause.FULL;
    }
    return Cause.OTHER;
  }

  private static boolean isGone(File file) {
    try {
      return VersionFile.isAbsent(file);
    } catch (IOException e) {
      return false;
    }
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
    if (isUnreadable(at) || (at.isDirectory() && !at.canWrite())) {
      return true;
    }
    File[] children = at.listFiles();
    if (children != null && Arrays.stream(children).anyMatch(Trouble::isUnreadable)) {
      return true;
    }
    File parent = at.getParentFile();
    return parent != null && parent.exists() && !(parent.canWrite() && parent.canExecute());
  }

  /** Looked at twice, since it may be removed by somebody meanwhile. */
  private static boolean isUnreadable(File file) {
    return file.exists() && !file.canRead() && file.exists();
  }

  /** What is the matter, and what helps. */
  private record Cause(Kind kind, String remedy) {
    static final Cause GONE =
        new Cause(
            Kind.UNREACHABLE,
            "the store is no longer there; if it is on a share, mount it again, else restart the"
                + " clients");
    static final Cause NO_DIRECTORY =
        new Cause(Kind.REFUSED, "the store's address does not name a directory");
    static final Cause READ_ONLY =
        new Cause(Kind.REFUSED, "it is mounted read-only; mount it writable");
    static final Cause FORBIDDEN =
        new Cause(
            Kind.REFUSED,
            "this process has no right to; let its user, or a group that it is in, read and write"
                + " the whole directory (chmod -R g+rwX, and g+s on directories), and restart the"
                + " clients that have it open");
    static final Cause FULL = new Cause(Kind.UNREACHABLE, "there is no space left; free some");
    static final Cause OTHER = new Cause(Kind.UNREACHABLE, "the file system reports a failure");

    static Cause incomplete(File folder) {
      return new Cause(
          Kind.UNREACHABLE,
          "the store's folder "
              + folder.getName()
              + " is missing; restore it, or restart any of the clients, which makes it anew");
    }
  }
}
