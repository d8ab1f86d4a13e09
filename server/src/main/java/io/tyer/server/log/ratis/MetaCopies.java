package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the two small files that the engine replaces by nothing when it finds the disk full:
 * the term and the vote of this member, and the members of the group. A copy is as new as what was
 * last promised to others: it is written before a promise leaves this member.
 */
final class MetaCopies {

  private static final Logger LOG = LoggerFactory.getLogger(MetaCopies.class);
  private static final String COPY = ".copy";

  private final List<Kept> files;
  private final ReentrantLock lock = new ReentrantLock();

  /** Of the directory of this member's log. */
  MetaCopies(MemberConfig config) {
    Path current =
        config
            .directory()
            .resolve(Home.group(config.cluster()).getUuid().toString())
            .resolve("current");
    files =
        List.of(
            new Kept(current.resolve("raft-meta"), MetaFormats::isMeta),
            new Kept(current.resolve("raft-meta.conf"), MetaFormats::isMembers));
  }

  /** A file, and which version of it the copy is. */
  private static final class Kept {
    private final Path file;
    private final Predicate<byte[]> whole;
    private volatile @Nullable List<Object> version;

    Kept(Path file, Predicate<byte[]> whole) {
      this.file = file;
      this.whole = whole;
    }

    Path copy() {
      return file.resolveSibling(file.getFileName() + COPY);
    }
  }

  /**
   * Before the engine starts: puts the copy where a file is damaged, and makes copies of the
   * others.
   *
   * @throws IOException if a file and its copy are damaged, or cannot be read or written; says what
   *     to do
   */
  void restore() throws IOException {
    for (Kept kept : files) {
      Optional<byte[]> found = read(kept.file);
      if (found.isPresent() && !kept.whole.test(found.get())) {
        byte[] copy = read(kept.copy()).filter(kept.whole).orElseThrow(() -> lost(kept.file));
        LOG.warn("{} is damaged, as by a full disk: its copy takes its place", kept.file);
        write(kept.file, copy);
      }
      keep(kept);
    }
  }

  private static IOException lost(Path file) {
    return new IOException(
        file
            + " is damaged, as by a full disk, and there is no copy of it: what this member has"
            + " promised is not known. "
            + Home.HOW_TO_START_OVER);
  }

  /**
   * Returns when the copies are as new as the files were when this was called; at once if they are.
   *
   * @throws IOException if a file is damaged, or a copy cannot be written; nothing may be promised
   */
  void keep() throws IOException {
    for (Kept kept : files) {
      keep(kept);
    }
  }

  private void keep(Kept kept) throws IOException {
    List<Object> now = version(kept.file);
    if (now.equals(kept.version)) {
      return;
    }
    lock.lock();
    try {
      // Taken before the content is read, so that at worst it is copied once more.
      List<Object> version = version(kept.file);
      if (version.equals(kept.version)) {
        return;
      }
      Optional<byte[]> content = read(kept.file);
      if (content.isPresent()) {
        if (!kept.whole.test(content.get())) {
          throw new IOException(kept.file + " is damaged, as by a full disk");
        }
        write(kept.copy(), content.get());
      }
      kept.version = version;
    } finally {
      lock.unlock();
    }
  }

  private static List<Object> version(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      List<Object> version = new ArrayList<>();
      version.add(attributes.lastModifiedTime());
      version.add(attributes.size());
      version.add(String.valueOf(attributes.fileKey()));
      return version;
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whole and on the disk, or not at all. */
  private static void write(Path file, byte[] content) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
