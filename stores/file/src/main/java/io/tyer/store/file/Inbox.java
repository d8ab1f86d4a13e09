package io.tyer.store.file;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's own directory with the file that others append hints to. A directory each, since who
 * watches a directory is woken by whatever happens in it. Read by one thread only.
 */
final class Inbox {

  static final String FILE_NAME = "hints";

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);
  private static final int MAX_BYTES = 64 << 10;

  private final File directory;
  private final File file;
  private final Consumer<@Nullable LockName> hints;
  private long offset;
  private volatile boolean closed;

  Inbox(StoreDirectory store, SessionId session, Consumer<@Nullable LockName> hints) {
    this.file = fileOf(store, session);
    this.directory = file.getParentFile();
    this.hints = hints;
  }

  static File fileOf(StoreDirectory store, SessionId session) {
    return new File(new File(store.folder("inbox"), session.toString()), FILE_NAME);
  }

  File directory() {
    return directory;
  }

  /** Makes the directory and an empty file; hints from before are not wanted. */
  void make(Rights rights) throws IOException {
    if (directory.mkdir()) {
      rights.addToDirectory(directory);
    }
    try (RandomAccessFile made = new RandomAccessFile(file, "rw")) {
      made.setLength(0);
    }
    rights.addToFile(file);
  }

  /** Passes on what has come since the last time. */
  void drain() {
    if (closed) {
      return;
    }
    List<@Nullable LockName> names = new ArrayList<>();
    try (RandomAccessFile in = new RandomAccessFile(file, "rw")) {
      read(in, names);
    } catch (IOException e) {
      log.debug("cannot read {}", file, e);
      names.add(null);
    }
    for (LockName name : names) {
      tell(name);
    }
  }

  private void read(RandomAccessFile in, List<@Nullable LockName> names) throws IOException {
    long length = in.length();
    if (length < offset) {
      offset = 0;
      names.add(null);
    }
    byte[] bytes = new byte[(int) Math.min(MAX_BYTES, length - offset)];
    in.seek(offset);
    in.readFully(bytes);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        names.add(HintLine.decode(new String(bytes, start, i - start, StandardCharsets.US_ASCII)));
        start = i + 1;
      }
    }
    boolean endless = bytes.length - start > HintLine.MAX_LENGTH;
    offset += endless ? bytes.length : start;
    if (endless) {
      names.add(null);
    }
    if (length > MAX_BYTES) {
      // What was appended since then is lost by this, hence the null. Appending goes on at 0.
      in.setLength(0);
      offset = 0;
      names.add(null);
    }
  }

  /** Tells the listener, unless it has ended listening. */
  void tell(@Nullable LockName name) {
    if (closed) {
      return;
    }
    try {
      hints.accept(name);
    } catch (RuntimeException e) {
      log.warn("a listener for hints has failed", e);
    }
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
