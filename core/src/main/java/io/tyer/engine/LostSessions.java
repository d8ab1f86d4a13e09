package io.tyer.engine;

import io.tyer.spi.Cancellable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sessions that could not be proved any more. Their holders were told, and have the safety margin
 * to stop before the session is ended in the store, which grants their locks to others. The store
 * would forget the session at about that time anyway.
 */
final class LostSessions {

  private final StorePort port;
  private final long marginNanos;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<LiveSession, Cancellable> waiting = new HashMap<>();
  private boolean closed;

  LostSessions(StorePort port, EngineSettings settings) {
    this.port = port;
    this.marginNanos = settings.margin().toNanos();
  }

  /** The session was lost just now. */
  void lost(LiveSession session, Effects effects) {
    lock.lock();
    try {
      if (!closed) {
        waiting.put(session, port.later(marginNanos, later -> marginIsOver(session, later)));
        return;
      }
    } finally {
      lock.unlock();
    }
    SessionEnding.end(port, session.store(), null, effects);
  }

  private void marginIsOver(LiveSession session, Effects effects) {
    lock.lock();
    try {
      if (waiting.remove(session) == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    SessionEnding.end(port, session.store(), null, effects);
  }

  /**
   * The client closes: whoever closes it has stopped. Completes when the store knows, or has
   * failed.
   */
  CompletableFuture<Void> close(Effects effects) {
    List<LiveSession> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(waiting.keySet());
      waiting.values().forEach(Cancellable::cancel);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    // Elsewhere if the store blocks: one shard must not delay what is ended in the others.
    Effects apart = Effects.withoutBlocking();
    List<CompletableFuture<Void>> ended = new ArrayList<>();
    for (LiveSession session : left) {
      CompletableFuture<Void> told = new CompletableFuture<>();
      ended.add(told);
      SessionEnding.end(port, session.store(), told, apart);
    }
    effects.add(apart::run);
    return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
  }
}
