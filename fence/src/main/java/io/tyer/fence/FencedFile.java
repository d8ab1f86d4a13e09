package io.tyer.fence;

import io.tyer.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A file that is replaced as a whole, and only under a token that is not smaller than the largest
 * one seen. It is read as any file is: whoever reads finds the old or the new content, never a
 * part.
 *
 * <p>Beside {@code report.csv} stands {@code report.csv.fence} with the largest token, in decimal
 * digits; where the file is moved or restored, that file belongs to it. Writers, of any process,
 * lock {@code report.csv.fence-lock}, which stays, too, and write a draft beside it. The token is
 * on the disk before the content is replaced: a crash at any moment leaves the old or the new
 * content, and never lets an older token in afterwards. Writers must be allowed to add files to the
 * directory and to write those of each other. A new content has the permissions of the old one, and
 * the owner who wrote it. If the file is a symbolic link of this user or root, what it leads to is
 * replaced; one of another user is refused, and so is any in the place of a file beside it.
 *
 * <p>Needs a file system whose locks hold between those who use it: local ones do, and NFS from
 * version 4 on. Where they do not, two writers at the same moment may both pass the check. In one
 * process, this class must be loaded once.
 *
 * <p>Safe for use by many threads.
 */
public final class FencedFile {

  private static final String SUFFIX = ".fence";

  private final Path file;
  private final Duration patience;

  /** Replaces this file, waiting for other writers for up to ten seconds. */
  public FencedFile(Path file) {
    this(file, FilePlace.PATIENCE);
  }

  /**
   * Replaces this file.
   *
   * @param patience how long to wait for other writers
   * @throws IllegalArgumentException if it is a root, or the time is negative
   */
  public FencedFile(Path file, Duration patience) {
    this.file = FilePlace.checked(file);
    this.patience = FilePlace.checked(patience);
  }

  /**
   * Replaces the content under the token of a lease.
   *
   * @throws StaleTokenException if a larger token has been seen; then nothing was changed
   * @throws io.tyer.LeaseLostException if the lease is known to be lost; then nothing was changed
   * @throws io.tyer.OutcomeUnknownException if it is unproved, as {@link Lease#checkValid} does
   * @throws IllegalStateException if it is closed
   * @throws IOException if the files cannot be written, the thread was interrupted meanwhile (then
   *     its flag is set), or others kept them locked for too long: the old content is there, or the
   *     new one; the token may count as seen
   * @throws InterruptedException while waiting for other writers; then nothing was changed
   */
  public void replace(Lease lease, byte[] content) throws IOException, InterruptedException {
    replace(Checked.token(lease), content, lease::checkValid);
  }

  /**
   * The same for a token that came from elsewhere.
   *
   * @throws IllegalArgumentException if it is no token
   */
  public void replace(long token, byte[] content) throws IOException, InterruptedException {
    replace(Checked.token(token), content, () -> {});
  }

  @SuppressWarnings("try") // the turn is held, and nothing else is done with it
  private void replace(long token, byte[] content, Runnable afterWaiting)
      throws IOException, InterruptedException {
    FilePlace place = place();
    try (FileTurn unused = place.turn(patience)) {
      afterWaiting.run();
      TokenFile tokens = tokens(place);
      OptionalLong newest = tokens.read();
      if (newest.isPresent() && newest.getAsLong() > token) {
        throw new StaleTokenException(file.toString(), token, newest.getAsLong());
      }
      place.dropDraft();
      try {
        place.draft(content);
        tokens.write(token);
        if (newest.isEmpty()) {
          place.forceDirectory();
        }
        place.moveDraft();
      } finally {
        place.dropDraft();
      }
      place.forceDirectory();
    }
  }

  private FilePlace place() throws IOException {
    return FilePlace.of(file, SUFFIX);
  }

  private static TokenFile tokens(FilePlace place) {
    return new TokenFile(place.sibling(SUFFIX));
  }

  /** The largest token seen; empty if there was none. */
  public OptionalLong newest() throws IOException {
    return tokens(place()).read();
  }

  @Override
  public String toString() {
    return "fenced file " + file;
  }
}
