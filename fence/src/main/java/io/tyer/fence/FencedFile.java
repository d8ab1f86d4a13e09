package io.tyer.fence;

import io.tyer.Lease;
import io.tyer.StaleTokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 * the owner who wrote it. If the file is a symbolic link, what it leads to is replaced.
 *
 * <p>Needs a file system whose locks hold between those who use it: local ones do, and NFS from
 * version 4 on. Where they do not, two writers at the same moment may both pass the check. In one
 * process, this class must be loaded once.
 *
 * <p>Safe for use by many threads.
 */
public final class FencedFile {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path file;
  private final Duration patience;

  /** Replaces this file, waiting for other writers for up to ten seconds. */
  public FencedFile(Path file) {
    this(file, PATIENCE);
  }

  /**
   * Replaces this file.
   *
   * @param patience how long to wait for other writers
   * @throws IllegalArgumentException if it is a root, or the time is negative
   */
  public FencedFile(Path file, Duration patience) {
    Path name = file.getFileName();
    if (name == null || name.toString().isEmpty()) {
      throw new IllegalArgumentException("a file is to be replaced, and this names none: " + file);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("the time to wait must not be negative: " + patience);
    }
    this.file = file.toAbsolutePath();
    this.patience = patience;
  }

  /**
   * The files, by their real names.
   *
   * @param content what is replaced
   */
  private record Place(Path content, Path tokens, Path lock, Path draft) {

    static Place of(Path file) throws IOException {
      Path content =
          Files.isSymbolicLink(file)
              ? file.toRealPath()
              : file.resolveSibling("").toRealPath().resolve(file.getFileName());
      return new Place(
          content,
          sibling(content, ".fence"),
          sibling(content, ".fence-lock"),
          sibling(content, ".fence-draft"));
    }

    private static Path sibling(Path content, String suffix) {
      return content.resolveSibling(content.getFileName() + suffix);
    }
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
    Place place = Place.of(file);
    try (FileTurn unused = FileTurn.take(place.lock, patience)) {
      afterWaiting.run();
      TokenFile tokens = new TokenFile(place.tokens);
      OptionalLong newest = tokens.read();
      if (newest.isPresent() && newest.getAsLong() > token) {
        throw new StaleTokenException(file.toString(), token, newest.getAsLong());
      }
      // Left by a crash, or put there by somebody who is no writer.
      Files.deleteIfExists(place.draft);
      try {
        write(place, content);
        tokens.write(token);
        if (newest.isEmpty()) {
          forceDirectory(place);
        }
        Files.move(
            place.draft,
            place.content,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(place.draft);
      }
      forceDirectory(place);
    }
  }

  private static void write(Place place, byte[] content) throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(place.draft, anew, permissions(place.content))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    PosixFileAttributeView old = view(place.content);
    PosixFileAttributeView draft = view(place.draft);
    if (old != null && draft != null && Files.exists(place.content)) {
      // Beyond what the umask has let through.
      draft.setPermissions(old.readAttributes().permissions());
    }
  }

  private static FileAttribute<?>[] permissions(Path content) throws IOException {
    PosixFileAttributeView view = view(content);
    return view == null || !Files.exists(content)
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
        };
  }

  private static @Nullable PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  /** So that new names outlast a loss of power, where directories can be opened. */
  private static void forceDirectory(Place place) throws IOException {
    if (view(place.content) != null) {
      try (FileChannel opened =
          FileChannel.open(place.content.resolveSibling(""), StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  /** The largest token seen; empty if there was none. */
  public OptionalLong newest() throws IOException {
    return new TokenFile(Place.of(file).tokens).read();
  }

  @Override
  public String toString() {
    return "fenced file " + file;
  }
}
