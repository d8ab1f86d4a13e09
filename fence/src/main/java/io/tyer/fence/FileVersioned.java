package io.tyer.fence;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A value in a file of its own, shared by the threads and processes that reach it. The file begins
 * with a line that says its version; the value's bytes follow.
 *
 * <p>A write takes turns with other writers for a moment, which {@code NAME.version-lock} beside
 * the file is for; it stays. The new content is on the disk before it takes the old one's place, so
 * a crash at any moment leaves the old or the new value. Readers wait for nobody. A turn that does
 * not come within ten seconds is {@link StoreUnreachableException}: somebody was paused in the
 * middle of a write. An interrupt ends the wait.
 *
 * <p>Needs a file system whose locks hold between those who use it: local ones do, and NFS from
 * version 4 on. In one process, this class must be loaded once. Writers must be allowed to add
 * files to the directory and to write those of each other; permissions of the file stay. What a
 * symbolic link of this user or root leads to is replaced; one of another user is refused, and so
 * is any in the place of a file beside it.
 *
 * @param <T> what the value is
 */
public final class FileVersioned<T> extends AbstractVersioned<T> {

  private static final String SUFFIX = ".version";

  private final Path file;
  private final Duration patience;

  /** In this file, waiting for other writers for up to ten seconds. */
  public FileVersioned(Path file, Codec<T> codec) {
    this(file, codec, FilePlace.PATIENCE);
  }

  /**
   * In this file.
   *
   * @param patience how long to wait for other writers
   * @throws IllegalArgumentException if it is a root, or the time is negative
   */
  public FileVersioned(Path file, Codec<T> codec, Duration patience) {
    super(file.toString(), codec);
    this.file = FilePlace.checked(file);
    this.patience = FilePlace.checked(patience);
  }

  @Override
  protected Optional<StoredVersion> load() throws InterruptedException {
    try {
      return loaded(file);
    } catch (IOException e) {
      throw nothingDone("read", e);
    }
  }

  private static Optional<StoredVersion> loaded(Path path) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(
        VersionHeader.read(bytes)
            .orElseThrow(
                () ->
                    new StoreRefusedException(
                        path
                            + " does not begin with a version, as a file that is versioned does;"
                            + " remove it, or choose another",
                        null)));
  }

  @Override
  protected boolean store(StoredVersion next) throws InterruptedException {
    return change(
        next.previous(),
        place -> {
          place.dropDraft();
          place.draft(VersionHeader.write(next));
        },
        FilePlace::moveDraft);
  }

  @Override
  protected boolean delete(Version expected) throws InterruptedException {
    return change(Optional.of(expected), place -> {}, place -> Files.delete(place.content()));
  }

  /** By a watch of the directory, if the system has one left for us. */
  @Override
  protected Changes changes() {
    try {
      return FileChanges.of(FilePlace.of(file, SUFFIX).content());
    } catch (IOException | UnsupportedOperationException e) {
      return super.changes();
    }
  }

  private interface Step {
    void run(FilePlace place) throws IOException;
  }

  /**
   * The only writer meanwhile; the second step is the one that counts.
   *
   * @return false if another version stands
   */
  @SuppressWarnings("try") // the turn is held, and nothing else is done with it
  private boolean change(Optional<Version> expected, Step before, Step then)
      throws InterruptedException {
    boolean begun = false;
    try {
      FilePlace place = FilePlace.of(file, SUFFIX);
      try (FileTurn unused = place.turn(patience)) {
        if (!loaded(place.content()).map(StoredVersion::version).equals(expected)) {
          return false;
        }
        before.run(place);
        begun = true;
        then.run(place);
        place.forceDirectory();
      }
      return true;
    } catch (IOException e) {
      if (begun) {
        throw new OutcomeUnknownException(
            resource() + " may have been written or not, or not for good: " + e, e);
      }
      throw nothingDone("written", e);
    }
  }

  /** What to say of a failure before anything took effect. */
  private RuntimeException nothingDone(String what, IOException e) throws InterruptedException {
    if (e instanceof ClosedByInterruptException) {
      // It was raised to close the file, and is told by the exception.
      boolean unused = Thread.interrupted();
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(e);
      throw interrupted;
    }
    String message = resource() + " was not " + what + ": " + e;
    if (e instanceof AccessDeniedException) {
      return new StoreRefusedException(message, e);
    }
    return new StoreUnreachableException(message, e);
  }
}
