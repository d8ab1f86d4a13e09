package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
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

  private final Kept members;
  private final List<Kept> files;
  private final ReentrantLock lock = new ReentrantLock();

  /** Of the directory of this member's log. */
  MetaCopies(MemberConfig config) {
    Path current =
        config
            .directory()
            .resolve(Home.group(config.cluster()).getUuid().toString())
            .resolve("current");
    members = new Kept(current.resolve("raft-meta.conf"), MetaFormats::isMembers);
    files = List.of(new Kept(current.resolve("raft-meta"), MetaFormats::isMeta), members);
  }

  /** A file, and what its copy holds. */
  private static final class Kept {
    private final Path file;
    private final Predicate<byte[]> whole;
    private volatile byte @Nullable [] copied;

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
        WholeFile.write(kept.file, copy);
      }
      keep(kept);
    }
  }

  /**
   * Before the engine starts: whether the group has one member, as far as is written down.
   *
   * @param initially whether it has where nothing is
   */
  boolean isOneMember(boolean initially) throws IOException {
    return read(members.file).map(MetaFormats::isOneMember).orElse(initially);
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
    // Read each time: a file that is replaced twice may look as it did before, but for its content.
    Optional<byte[]> content = read(kept.file);
    if (content.isEmpty() || Arrays.equals(content.get(), kept.copied)) {
      return;
    }
    lock.lock();
    try {
      // What another thread has copied meanwhile may be newer.
      byte[] newest = read(kept.file).orElse(content.get());
      if (!kept.whole.test(newest)) {
        throw new IOException(kept.file + " is damaged, as by a full disk");
      }
      if (!Arrays.equals(newest, kept.copied)) {
        WholeFile.write(kept.copy(), newest);
        kept.copied = newest;
      }
    } finally {
      lock.unlock();
    }
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
