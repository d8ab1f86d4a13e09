package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells sessions what happened to their tickets: those of this store directly, all others by a hint
 * through the medium. Called with no lock held.
 */
final class Waking {

  private static final Logger LOG = LoggerFactory.getLogger(Waking.class);

  private final RecordMedium medium;

  /** The sessions that are open in this store. */
  private final ConcurrentHashMap<SessionId, RecordSession> open = new ConcurrentHashMap<>();

  Waking(RecordMedium medium) {
    this.medium = medium;
  }

  void opened(RecordSession session) {
    open.put(session.id(), session);
  }

  void over(SessionId id) {
    open.remove(id);
  }

  /** A session's death was decided and its record removed: nothing is held for it any more. */
  void buried(SessionId id) {
    RecordSession own = open.get(id);
    if (own != null) {
      own.forget();
      tell(own, session -> session.events().ended("its TTL has passed without a beat"));
    }
  }

  /** Those of sessions that are open in this store. */
  List<Wake> ours(List<Wake> wakes) {
    return wakes.stream().filter(wake -> open.containsKey(wake.ticket().session())).toList();
  }

  /**
   * What the sessions of the others are told, each once of a line: a grant, or of several to look.
   */
  List<Hint> hints(List<Wake> wakes) {
    Map<Hint, Hint> told = new LinkedHashMap<>();
    for (Wake wake : wakes) {
      SessionId session = wake.ticket().session();
      if (!open.containsKey(session)) {
        Hint look = new Hint(session, wake.name());
        told.merge(look, wake.hint(), (one, other) -> look);
      }
    }
    return List.copyOf(told.values());
  }

  /** Tells the sessions of these tickets that they are granted. */
  void granted(List<Wake> wakes) {
    for (Wake wake : wakes) {
      Ticket ticket = wake.ticket();
      RecordSession own = open.get(ticket.session());
      if (own != null) {
        tell(
            own,
            session -> session.events().granted(wake.name(), ticket.request(), ticket.number()));
      }
    }
    hints(wakes).forEach(this::hint);
  }

  /** Who waits directly behind a ticket that may merely be kept asks for it. */
  void recall(SessionId asking, LockName name, TicketState.Waiting waiting) {
    if (!TicketState.onlyKept(waiting.ahead(), waiting.blockers())) {
      return;
    }
    SessionId keeper = waiting.blockers().get(0).session();
    RecordSession own = open.get(keeper);
    if (keeper.equals(asking)) {
      return;
    }
    if (own == null) {
      hint(new Hint(keeper, name));
    } else {
      tell(own, session -> session.events().recalled(name));
    }
  }

  /**
   * Tells a session that something happened to its tickets in this line.
   *
   * @return whether it certainly was told
   */
  boolean changed(SessionId id, LockName name) {
    RecordSession own = open.get(id);
    if (own != null) {
      return tell(own, session -> session.events().changed(name));
    }
    hint(new Hint(id, name));
    return false;
  }

  private void hint(Hint hint) {
    try {
      medium.hint(hint);
    } catch (RuntimeException e) {
      LOG.warn("a hint to session {} is lost, which costs it time: {}", hint.to(), e.toString());
    }
  }

  private static boolean tell(RecordSession own, Consumer<RecordSession> news) {
    try {
      news.accept(own);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("session {} failed to listen", own.id(), e);
      return false;
    }
  }
}
