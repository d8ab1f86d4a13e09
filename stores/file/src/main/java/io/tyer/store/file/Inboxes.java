package io.tyer.store.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hints between sessions: {@code inbox/(session)/hints}, watched by the session's client. */
final class Inboxes implements AutoCloseable {

  private final StoreDirectory store;
  private final Set<Inbox> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private @Nullable InboxWatcher watcher;

  Inboxes(StoreDirectory store) {
    this.store = store;
  }

  /**
   * Appends a hint. Only the session itself makes its inbox; where there is none, none is made by
   * this, and nothing is written through a link, or where the file has other names.
   */
  void hint(SessionId to, LockName name) {
    Path file = Inbox.fileOf(store, to).toPath();
    try {
      if (store.isShared() && !isInbox(file)) {
        return;
      }
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
        out.write(HintLine.encode(name));
      }
    } catch (IOException e) {
      // The session listens no longer, or the hint is lost, as hints may be.
    }
  }

  private boolean isInbox(Path file) throws IOException {
    return !Files.isSymbolicLink(store.folder("inbox").toPath())
        && !Files.isSymbolicLink(Objects.requireNonNull(file.getParent()))
        && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS).equals(1);
  }

  AutoCloseable listen(SessionId self, Consumer<@Nullable LockName> hints) throws StoreException {
    Inbox inbox = new Inbox(store, self, hints);
    InboxWatcher watching = watcher();
    if (watching == null) {
      return () -> {};
    }
    open.add(inbox);
    try {
      store.refuseLink(store.folder("inbox"));
      inbox.make();
      watching.add(inbox);
    } catch (IOException e) {
      end(inbox);
      throw store.trouble().noEffect("listen at", inbox.directory(), e);
    } catch (StoreException e) {
      end(inbox);
      throw e;
    }
    if (isClosed()) {
      // It may have been ended with the others before it was made.
      discard(inbox);
    }
    return () -> end(inbox);
  }

  /** Whether hints from all users of the directory arrive. */
  boolean tells() {
    return store.isLocal() && watcher() != null;
  }

  private @Nullable InboxWatcher watcher() {
    lock.lock();
    try {
      if (watcher == null && !closed) {
        watcher = InboxWatcher.start(store);
      }
      return watcher;
    } finally {
      lock.unlock();
    }
  }

  private void end(Inbox inbox) {
    if (open.remove(inbox)) {
      inbox.close();
      InboxWatcher watching = watcher();
      if (watching != null) {
        watching.remove(inbox);
      }
      discard(inbox);
    }
  }

  private void discard(Inbox inbox) {
    store.discard(inbox.directory());
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    InboxWatcher watching;
    lock.lock();
    try {
      watching = watcher;
      closed = true;
      watcher = null;
    } finally {
      lock.unlock();
    }
    open.forEach(this::end);
    if (watching != null) {
      watching.close();
    }
  }
}
