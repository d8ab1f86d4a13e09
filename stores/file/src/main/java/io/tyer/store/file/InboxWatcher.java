package io.tyer.store.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a client that the file system wakes when a hint arrives. */
final class InboxWatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(InboxWatcher.class);
  private static final long LONGEST_END_MILLIS = 2_000;
  private static final long REVIVING_MILLIS = 500;

  private final WatchService service;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<WatchKey, Inbox> inboxes = new HashMap<>();

  /** Those that went away, perhaps with the whole share, and could not be made again yet. */
  private final List<Inbox> lost = new ArrayList<>();

  private InboxWatcher(WatchService service) {
    this.service = service;
    this.thread = new Thread(this::run, "tyer-file-watch");
    thread.setDaemon(true);
  }

  /** Starts watching; null where the system would only look now and then, or has no watch left. */
  static @Nullable InboxWatcher start(StoreDirectory store) {
    WatchService service;
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      log.warn(
          "no hints in {}: waiting locks are looked at now and then instead. If there are too many"
              + " watchers, raise fs.inotify.max_user_instances. ({})",
          store.root(),
          e.getMessage());
      return null;
    }
    if (service.getClass().getSimpleName().startsWith("Polling")) {
      closeQuietly(service);
      return null;
    }
    InboxWatcher watcher = new InboxWatcher(service);
    watcher.thread.start();
    return watcher;
  }

  void add(Inbox inbox) throws IOException {
    // Under the lock, so that an event which comes at once finds its inbox.
    lock.lock();
    try {
      WatchKey key =
          inbox
              .directory()
              .toPath()
              .register(
                  service,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE);
      inboxes.put(key, inbox);
    } catch (ClosedWatchServiceException e) {
      throw new IOException("the store is closed", e);
    } finally {
      lock.unlock();
    }
  }

  void remove(Inbox inbox) {
    lock.lock();
    try {
      Iterator<Map.Entry<WatchKey, Inbox>> entries = inboxes.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<WatchKey, Inbox> entry = entries.next();
        if (entry.getValue() == inbox) {
          entry.getKey().cancel();
          entries.remove();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      try {
        WatchKey key =
            lost.isEmpty() ? service.take() : service.poll(REVIVING_MILLIS, TimeUnit.MILLISECONDS);
        if (key != null) {
          handle(key);
        }
        if (!lost.isEmpty()) {
          reviveLost();
        }
      } catch (ClosedWatchServiceException e) {
        return;
      } catch (InterruptedException e) {
        // Only close() ends this thread.
        log.debug("an interrupt is ignored");
      } catch (RuntimeException e) {
        log.error("watching for hints has failed; it goes on", e);
      }
    }
  }

  private void handle(WatchKey key) {
    // Hints may be lost when events were, and when somebody removed the file they stood in.
    boolean lost =
        key.pollEvents().stream().anyMatch(e -> e.kind() != StandardWatchEventKinds.ENTRY_MODIFY);
    Inbox inbox = inboxOf(key, false);
    if (inbox != null) {
      if (lost) {
        inbox.tell(null);
      }
      inbox.drain();
    }
    if (!key.reset()) {
      Inbox removed = inboxOf(key, true);
      if (removed != null) {
        revive(removed);
      }
    }
  }

  private @Nullable Inbox inboxOf(WatchKey key, boolean remove) {
    lock.lock();
    try {
      return remove ? inboxes.remove(key) : inboxes.get(key);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody has removed the inbox of a session that lives. */
  private void revive(Inbox inbox) {
    if (!tryToRevive(inbox)) {
      log.warn("no hints in {} until it can be made again", inbox.directory());
      lost.add(inbox);
    }
    inbox.tell(null);
  }

  private void reviveLost() {
    for (Inbox inbox : List.copyOf(lost)) {
      if (tryToRevive(inbox)) {
        lost.remove(inbox);
        inbox.tell(null);
      }
    }
  }

  /** Whether there is nothing left to do. */
  private boolean tryToRevive(Inbox inbox) {
    if (inbox.closed()) {
      return true;
    }
    try {
      inbox.make();
      add(inbox);
    } catch (IOException e) {
      log.debug("no hints in {}", inbox.directory(), e);
      return false;
    }
    if (inbox.closed()) {
      // Its end came before it was made.
      remove(inbox);
      Remains.remove(inbox.directory());
    }
    return true;
  }

  @Override
  public void close() {
    closeQuietly(service);
    if (Thread.currentThread() == thread) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join(LONGEST_END_MILLIS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(WatchService service) {
    try {
      service.close();
    } catch (IOException e) {
      log.debug("closing a watch service has failed", e);
    }
  }
}
