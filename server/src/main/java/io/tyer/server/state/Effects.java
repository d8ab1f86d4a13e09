package io.tyer.server.state;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What one entry has to tell, and the wall clock's time that it carries. */
final class Effects {

  private final long wallMillis;
  private final Predicate<SessionId> alive;
  private final List<Notice> notices = new ArrayList<>();

  /**
   * Collects notices.
   *
   * @param alive only such sessions are told of tickets
   */
  Effects(long wallMillis, Predicate<SessionId> alive) {
    this.wallMillis = wallMillis;
    this.alive = alive;
  }

  long wallMillis() {
    return wallMillis;
  }

  List<Notice> notices() {
    return notices;
  }

  void ended(SessionId session, String why) {
    notices.add(new Notice.Ended(session, why));
  }

  void granted(LockName name, List<Ticket> granted) {
    for (Ticket ticket : granted) {
      if (alive.test(ticket.session())) {
        notices.add(new Notice.Granted(ticket.session(), name, ticket.request(), ticket.number()));
      }
    }
  }

  void recalled(LockName name, SessionId keeper) {
    notices.add(new Notice.Recalled(keeper, name));
  }

  void changed(LockName name, SessionId session) {
    notices.add(new Notice.Changed(session, name));
  }
}
