package io.tyer.server.http;

import io.tyer.line.SessionId;
import io.tyer.server.state.Notice;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** The requests that acquire now, by their leases. */
final class Waits {

  private final ConcurrentMap<SessionId, Acquiring> bySession = new ConcurrentHashMap<>();
  private final Executor executor;
  private final Share share;

  /**
   * @param executor of all requests
   */
  Waits(Executor executor, HttpLimits limits) {
    this.executor = executor;
    this.share = new Share(limits.waits(), limits.waitsPerToken());
  }

  /** How many may wait, of whom. */
  Share share() {
    return share;
  }

  int count() {
    return bySession.size();
  }

  /** Takes up a request, in place of an older one with the same lease. */
  void add(SessionId session, Acquiring request) {
    Acquiring before = bySession.put(session, request);
    if (before != null) {
      before.superseded();
    }
  }

  void remove(SessionId session, Acquiring request) {
    bySession.remove(session, request);
  }

  /** The session was ended by its client. */
  void released(SessionId session) {
    Acquiring request = bySession.get(session);
    if (request != null) {
      request.ended();
    }
  }

  /** For any thread. */
  void tell(List<Notice> notices) {
    for (Notice notice : notices) {
      Acquiring request = bySession.get(notice.session());
      if (request != null) {
        executor.execute(() -> request.told(notice));
      }
    }
  }

  /** Has those leave whose token counts no more; for any thread. */
  void tokensChanged() {
    executor.execute(() -> List.copyOf(bySession.values()).forEach(Acquiring::mayGoOn));
  }

  /** For any thread. */
  void leadLost() {
    if (!bySession.isEmpty()) {
      executor.execute(() -> List.copyOf(bySession.values()).forEach(Acquiring::leadLost));
    }
  }

  /** Ends all of them: clients ask another member. */
  void close() {
    List.copyOf(bySession.values()).forEach(Acquiring::leadLost);
  }
}
