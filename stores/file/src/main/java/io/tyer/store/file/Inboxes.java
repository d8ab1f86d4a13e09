package io.tyer.store.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
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
   * Appends a hint. Only the session itself makes its inbox's directory; where there is none, none
   * is made by this.
   */
  void hint(SessionId to, LockName name) {
    try (FileOutputStream out = new FileOutputStream(Inbox.fileOf(store, to), true)) {
      out.write(HintLine.encode(name));
    } catch (IOException e) {
      // The session listens no longer, or the hint is lost, as hints may be.
    }
  }

  AutoCloseable listen(SessionId self, Consumer<@Nullable LockName> hints) throws StoreException {
    Inbox inbox = new Inbox(store, self, hints);
    InboxWatcher watching = watcher();
    if (watching == null) {
      return () -> {};
    }
    open.add(inbox);
    try {
      inbox.make(store.rights());
      watching.add(inbox);
    } catch (IOException e) {
      end(inbox);
      throw store.trouble().noEffect("listen at", inbox.directory(), e);
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
    File trash = store.drafts().newName(".gone");
    if (inbox.directory().renameTo(trash)) {
      Trees.delete(trash);
    }
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
