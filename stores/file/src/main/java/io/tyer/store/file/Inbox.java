package io.tyer.store.file;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final StoreDirectory store;
  private final Consumer<@Nullable LockName> hints;
  private long offset;
  private volatile boolean closed;

  Inbox(StoreDirectory store, SessionId session, Consumer<@Nullable LockName> hints) {
    this.file = fileOf(store, session);
    this.directory = file.getParentFile();
    this.store = store;
    this.hints = hints;
  }

  static File fileOf(StoreDirectory store, SessionId session) {
    return new File(new File(store.folder("inbox"), session.toString()), FILE_NAME);
  }

  File directory() {
    return directory;
  }

  /** Makes the directory and an empty file; hints from before are not wanted. */
  void make() throws IOException {
    if (!Files.isDirectory(directory.toPath(), LinkOption.NOFOLLOW_LINKS)) {
      store.rights().makeDirectory(directory.toPath());
    }
    makeFile();
  }

  /**
   * A new file: whatever has its name, be it another name of somebody's file, keeps its content.
   */
  private void makeFile() throws IOException {
    try (Folder folder = store.open(directory.getParentFile().getName(), directory.getName())) {
      try {
        folder.delete(FILE_NAME);
      } catch (NoSuchFileException e) {
        // As it is mostly.
      }
      store.rights().makeFile(folder, FILE_NAME, new byte[0]);
    }
    offset = 0;
  }

  /** Passes on what has come since the last time. */
  void drain() {
    if (closed) {
      return;
    }
    List<@Nullable LockName> names = new ArrayList<>();
    try {
      if (!read(names)) {
        makeFile();
        names.add(null);
      }
    } catch (IOException e) {
      log.debug("cannot read {}", file, e);
      names.add(null);
    }
    for (LockName name : names) {
      tell(name);
    }
  }

  /**
   * Reads what has come; false if the file is gone, or so long that another is to take its place.
   * What is appended to it since then is lost by that, hence the null that follows.
   */
  private boolean read(List<@Nullable LockName> names) throws IOException {
    long length;
    byte[] bytes;
    try (SeekableByteChannel in =
        Files.newByteChannel(file.toPath(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      length = in.size();
      if (length < offset) {
        offset = 0;
        names.add(null);
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MAX_BYTES, length - offset));
      in.position(offset);
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // Until all is there, or somebody has made the file shorter.
      }
      bytes = Arrays.copyOf(buffer.array(), buffer.position());
    } catch (NoSuchFileException e) {
      return false;
    }
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
    return length <= MAX_BYTES;
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
