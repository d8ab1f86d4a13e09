package io.tyer.store.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files in {@code tmp/} in which versions are written before they get their names by hard links.
 *
 * <p>Making and freeing an inode is half of what a replacement costs on a local disk, so a draft
 * keeps its name in {@code tmp/} beside that of the version, and is written over once the version's
 * name is gone. Nobody finds the new text under the old name: a reader that had the file open while
 * it was written over sees another number, record or checksum than it asked for, and looks again.
 * On network mounts, whose clients cache the text of an inode, every version is a new file.
 *
 * <p>Some are kept in reserve for when the disk is full: enough for a session to beat on, and for
 * records that have all their versions, which free one for each that they get, so that what is held
 * can be given back.
 *
 * <p>A draft may lose its name in {@code tmp/} to somebody's sweep; another is then made. Where
 * others may change names in {@code tmp/}, one of them may have put another file in its place: no
 * link is followed, and a file that has other names is not written over.
 */
final class Drafts implements AutoCloseable {

  private static final int LARGEST_KEPT = 64 << 10;
  private static final int LOOKED_AT = 2;
  private static final int RESERVE = Pruning.KEPT + 1;
  private static final int BLOCK = 4096;
  private static final int MOST_RESISTING = 1024;

  private final String prefix;
  private final Rights rights;
  private final boolean watchful;
  private final int capacity;
  private final AtomicLong count = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Set<File> resisting = new HashSet<>();

  /** From then on nothing is kept: a request that is late leaves nothing behind either. */
  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private final Deque<File> free = new ArrayDeque<>();

  /** Drafts that are versions now, by the version's file, the oldest first. */
  @GuardedBy("lock")
  private final Map<File, File> inUse = new LinkedHashMap<>();

  /**
   * Drafts with names that begin so.
   *
   * @param watchful whether others may have put something else in the place of one
   * @param capacity how many are kept at most for use again
   */
  Drafts(String prefix, Rights rights, boolean watchful, int capacity) {
    this.prefix = prefix;
    this.rights = rights;
    this.watchful = watchful;
    this.capacity = capacity;
  }

  /** Writes over a file that is there, from its beginning. */
  static void overwrite(File file, byte[] bytes) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file.toPath(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      out.write(bytes);
    }
  }

  /** Makes the reserve, as far as that is possible. */
  void reserve() {
    for (int i = 0; i < RESERVE && capacity > 0; i++) {
      try {
        unused(make(new byte[BLOCK]));
      } catch (IOException e) {
        // There is none, then. What needs it will be told why.
        return;
      }
    }
  }

  /**
   * Writes a draft.
   *
   * @param urgent whether it may be taken from the reserve
   */
  File write(byte[] bytes, boolean urgent) throws IOException {
    File draft = bytes.length > LARGEST_KEPT ? null : reusable(RESERVE);
    if (draft != null && isOverwritten(draft, bytes)) {
      return draft;
    }
    try {
      return make(bytes);
    } catch (IOException e) {
      File reserve = urgent ? reusable(0) : null;
      if (reserve == null || !isOverwritten(reserve, bytes)) {
        throw e;
      }
      return reserve;
    }
  }

  /** Whether it was written over; not if it was swept, or is not this client's alone. */
  private boolean isOverwritten(File draft, byte[] bytes) throws IOException {
    if (watchful && !hasNoOtherName(draft)) {
      delete(draft);
      return false;
    }
    try {
      overwrite(draft, bytes);
      return true;
    } catch (NoSuchFileException e) {
      // Or the whole directory is away for the moment.
      delete(draft);
      return false;
    } catch (IOException e) {
      delete(draft);
      throw e;
    }
  }

  private File make(byte[] bytes) throws IOException {
    while (true) {
      File draft = newName("");
      try {
        rights.makeFile(draft.toPath(), bytes);
        return draft;
      } catch (ClosedByInterruptException e) {
        delete(draft);
      } catch (IOException e) {
        delete(draft);
        throw e;
      }
    }
  }

  /** A name in {@code tmp/} that nobody else uses. */
  File newName(String suffix) {
    return new File(prefix + count.incrementAndGet() + suffix);
  }

  /** This draft has become that version. */
  void used(File draft, File version, int length) {
    if (length > LARGEST_KEPT || !remember(draft, version)) {
      delete(draft);
    }
  }

  private boolean remember(File draft, File version) {
    lock.lock();
    try {
      return !closed && inUse.size() < capacity && inUse.putIfAbsent(version, draft) == null;
    } finally {
      lock.unlock();
    }
  }

  /** This draft has no other name, or none any more. */
  void unused(File draft) {
    boolean kept = false;
    lock.lock();
    try {
      kept = capacity > 0 && !closed && free.add(draft);
    } finally {
      lock.unlock();
    }
    if (!kept) {
      delete(draft);
    }
  }

  /** This version's name is certainly gone. */
  void removed(File version) {
    lock.lock();
    try {
      File draft = inUse.remove(version);
      if (draft != null) {
        free.add(draft);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up a draft that cannot be used. */
  void lost(File draft) {
    delete(draft);
  }

  /** A draft that may be written over, leaving so many. */
  private @Nullable File reusable(int left) {
    int kept;
    lock.lock();
    try {
      if (free.size() > left) {
        return free.pollFirst();
      }
      kept = inUse.size();
    } finally {
      lock.unlock();
    }
    return reclaimed(left == 0 ? kept : LOOKED_AT);
  }

  /** A draft whose version somebody else has removed. */
  private @Nullable File reclaimed(int lookedAt) {
    for (int i = 0; i < lookedAt; i++) {
      Map.Entry<File, File> oldest = takeOldest();
      if (oldest == null) {
        return null;
      }
      if (isGone(oldest.getKey()) && hasNoOtherName(oldest.getValue())) {
        return oldest.getValue();
      }
      used(oldest.getValue(), oldest.getKey(), 0);
    }
    return null;
  }

  private Map.@Nullable Entry<File, File> takeOldest() {
    lock.lock();
    try {
      Iterator<Map.Entry<File, File>> entries = inUse.entrySet().iterator();
      if (!entries.hasNext()) {
        return null;
      }
      Map.Entry<File, File> oldest = Map.Entry.copyOf(entries.next());
      entries.remove();
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** Not so if the record's directory was only moved, by hand or to be removed; nor of a link. */
  private static boolean hasNoOtherName(File draft) {
    try {
      Map<String, Object> found =
          Files.readAttributes(
              draft.toPath(), "unix:nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
      return Objects.equals(found.get("nlink"), 1)
          && Objects.equals(found.get("isRegularFile"), true);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isGone(File version) {
    try {
      return !version.exists() && VersionFile.isAbsent(version);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      free.forEach(this::delete);
      free.clear();
      inUse.values().forEach(this::delete);
      inUse.clear();
      resisting.forEach(this::delete);
      resisting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** What cannot be removed now, perhaps since the share is away, is tried once more at the end. */
  private void delete(File draft) {
    if (draft.delete()) {
      return;
    }
    lock.lock();
    try {
      if (!closed && resisting.size() < MOST_RESISTING) {
        resisting.add(draft);
      }
    } finally {
      lock.unlock();
    }
  }
}
