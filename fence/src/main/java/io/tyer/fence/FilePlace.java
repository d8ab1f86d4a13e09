package io.tyer.fence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole, by one writer at a time, and what stands beside it; by their
 * real names.
 *
 * @param content what is replaced
 * @param kind what the names of those beside it go on with
 */
record FilePlace(Path content, String kind) {

  /** How long to wait for other writers. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Path THIS_PROCESS = Path.of("/proc/self/task");

  /**
   * Finds it.
   *
   * @throws IOException also if the file is a symbolic link of another user, who could choose what
   *     is replaced
   */
  static FilePlace of(Path file, String kind) throws IOException {
    boolean link = Files.isSymbolicLink(file);
    if (link && isOfStranger(file)) {
      throw new IOException(
          file
              + " is a symbolic link that belongs to another user ("
              + Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
              + "), who could choose what is written: name the file that it leads to, or make the"
              + " link yourself");
    }
    return new FilePlace(
        link ? file.toRealPath() : file.resolveSibling("").toRealPath().resolve(file.getFileName()),
        kind);
  }

  /**
   * The file, by its absolute name.
   *
   * @throws IllegalArgumentException if it is a root
   */
  static Path checked(Path file) {
    Path name = file.getFileName();
    if (name == null || name.toString().isEmpty()) {
      throw new IllegalArgumentException("a file is to be replaced, and this names none: " + file);
    }
    return file.toAbsolutePath();
  }

  /**
   * How long to wait.
   *
   * @throws IllegalArgumentException if it is negative
   */
  static Duration checked(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("the time to wait must not be negative: " + patience);
    }
    return patience;
  }

  /** Where users have numbers, and the system says which one this process runs as. */
  private static boolean isOfStranger(Path link) throws IOException {
    if (!link.getFileSystem().supportedFileAttributeViews().contains("unix")
        || !Files.exists(THIS_PROCESS)) {
      return false;
    }
    int owner = owner(link);
    return owner != 0 && owner != owner(THIS_PROCESS);
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  Path sibling(String suffix) {
    return content.resolveSibling(content.getFileName() + suffix);
  }

  /** Until this is closed, nobody else writes. */
  FileTurn turn(Duration patience) throws IOException, InterruptedException {
    return FileTurn.take(sibling(kind + "-lock"), patience);
  }

  private Path draft() {
    return sibling(kind + "-draft");
  }

  /** Writes what is to take the file's place, down to the disk, with the file's permissions. */
  void draft(byte[] bytes) throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(draft(), anew, permissions())) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    PosixFileAttributeView old = view(content);
    PosixFileAttributeView draft = view(draft());
    if (old != null && draft != null && Files.exists(content)) {
      // Beyond what the umask has let through.
      draft.setPermissions(old.readAttributes().permissions());
    }
  }

  /** Left by a crash, or put there by somebody who is no writer. */
  void dropDraft() throws IOException {
    Files.deleteIfExists(draft());
  }

  void moveDraft() throws IOException {
    Files.move(
        draft(), content, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private FileAttribute<?>[] permissions() throws IOException {
    PosixFileAttributeView view = view(content);
    return view == null || !Files.exists(content)
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
        };
  }

  private static @Nullable PosixFileAttributeView view(Path path) {
    // Whoever may write the directory could put a link in the draft's place.
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** So that new names outlast a loss of power, where directories can be opened. */
  void forceDirectory() throws IOException {
    if (view(content) != null) {
      try (FileChannel opened =
          FileChannel.open(content.resolveSibling(""), StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }
}
