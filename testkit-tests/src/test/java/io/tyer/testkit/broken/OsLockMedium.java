package io.tyer.testkit.broken;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record is a file; who has the operating system's lock on another file may compare and set. */
final class OsLockMedium implements RecordMedium {

  private static final int HEAD = 2 * Long.BYTES;

  /** Where those wait a moment for each other who have compared a line and are about to set it. */
  private static final Exchanger<String> BETWEEN = new Exchanger<>();

  private static final long LONGEST_WAIT_MILLIS = 200;

  private static final String LOCK = ".lock";
  private static final String DRAFT = ".draft";

  private final Path directory;
  private final Surroundings surroundings;
  private final Duration patience;

  OsLockMedium(Path directory, LineStoreProvider.Settings settings) {
    this.directory = directory;
    this.surroundings = settings.surroundings();
    this.patience = settings.operationTimeout();
  }

  @Override
  public String description() {
    return "oslock:" + directory;
  }

  @Override
  public RecordKey home(LockName name) {
    return new RecordKey(RecordKey.Kind.LINES, "all");
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    try {
      return readFile(key);
    } catch (IOException e) {
      throw trouble(Kind.UNREACHABLE, e);
    }
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    try (FileChannel channel = lockFile(key);
        FileLock lock = lock(channel)) {
      if (!lock.isValid() || !isNewest(readFile(key), expected)) {
        return null;
      }
      long version = expected == null ? 1 : expected.version() + 1;
      Stamped next = new Stamped(version, surroundings.nextLong(), content);
      if (key.kind() == RecordKey.Kind.LINES) {
        meet();
      }
      write(key, next);
      return next;
    } catch (IOException e) {
      throw trouble(Kind.UNKNOWN, e);
    }
  }

  /** Does not take luck to find two there at once: only who excludes others is alone here. */
  private static void meet() {
    try {
      BETWEEN.exchange("", LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Alone, as it should be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    try (FileChannel channel = lockFile(key);
        FileLock lock = lock(channel)) {
      if (!lock.isValid() || !isNewest(readFile(key), expected)) {
        return false;
      }
      Files.deleteIfExists(file(key, ""));
      return true;
    } catch (IOException e) {
      throw trouble(Kind.UNKNOWN, e);
    }
  }

  private static boolean isNewest(@Nullable Stamped found, @Nullable Stamped expected) {
    if (found == null || expected == null) {
      return found == null && expected == null;
    }
    return found.same(expected);
  }

  private FileChannel lockFile(RecordKey key) throws StoreException {
    try {
      return FileChannel.open(file(key, LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw trouble(Kind.UNREACHABLE, e);
    }
  }

  private FileLock lock(FileChannel channel) throws StoreException {
    long start = surroundings.nanoTime();
    while (surroundings.nanoTime() - start < patience.toNanos()) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Another client of this process has it.
      } catch (IOException e) {
        throw trouble(Kind.UNREACHABLE, e);
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw trouble(Kind.UNREACHABLE, new IOException("somebody holds the lock for too long"));
  }

  private @Nullable Stamped readFile(RecordKey key) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(key, ""));
    } catch (NoSuchFileException e) {
      return null;
    }
    if (bytes.length < HEAD) {
      throw new IOException("half a record");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long version = in.getLong();
    long nonce = in.getLong();
    byte[] content = new byte[in.remaining()];
    in.get(content);
    return new Stamped(version, nonce, content);
  }

  /** Readers take no lock: they see the old or the new version, whole. */
  private void write(RecordKey key, Stamped next) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(HEAD + next.content().length);
    out.putLong(next.version()).putLong(next.nonce()).put(next.content());
    Path draft = file(key, "-" + Long.toHexString(next.nonce()) + DRAFT);
    Files.write(draft, out.array());
    Files.move(draft, file(key, ""), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(RecordKey key, String suffix) {
    return directory.resolve(key.kind() + "-" + key.id() + suffix);
  }

  private StoreException trouble(Kind kind, IOException e) {
    return new StoreException(kind, description() + ": " + e, e);
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    String begin = kind + "-";
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(begin))
          .filter(name -> !name.endsWith(LOCK) && !name.endsWith(DRAFT))
          .map(name -> new RecordKey(kind, name.substring(begin.length())))
          .toList();
    } catch (IOException e) {
      throw trouble(Kind.UNREACHABLE, e);
    }
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    try {
      long written = Files.getLastModifiedTime(file(key, "")).toMillis();
      return isNewest(readFile(key), version)
          ? Duration.ofMillis(surroundings.wallMillis() - written)
          : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw trouble(Kind.UNREACHABLE, e);
    }
  }

  @Override
  public void hint(Hint hint) {
    // Nobody can be told anything.
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints) {
    return () -> {};
  }

  @Override
  public boolean tells() {
    return false;
  }

  @Override
  public void sweepHints(List<SessionId> living) {
    // There are none.
  }

  @Override
  public void close() {
    // Nothing is held between requests.
  }
}
