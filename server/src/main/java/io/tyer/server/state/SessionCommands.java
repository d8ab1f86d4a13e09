package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.server.access.TokenId;
import java.util.ArrayList;
import java.util.List;

/** What commands make of sessions. */
final class SessionCommands {

  private final Sessions sessions;
  private final Lines lines;
  private final Access access;

  SessionCommands(Sessions sessions, Lines lines, Access access) {
    this.sessions = sessions;
    this.lines = lines;
    this.access = access;
  }

  /** Opens a session that is not alive. */
  Outcome open(Command.Open open, long nowMillis, long wallMillis) {
    Outcome notAllowed = access.refusalOfSession(open, wallMillis);
    if (notAllowed != null) {
      return notAllowed;
    }
    SessionId id = open.session();
    if (sessions.dead().contains(id)) {
      return Outcomes.dead(id);
    }
    if (open.ttlMillis() < Bounds.MIN_TTL_MILLIS || open.ttlMillis() > Bounds.MAX_TTL_MILLIS) {
      return Outcomes.refused(
          "a TTL is "
              + Bounds.MIN_TTL_MILLIS
              + " to "
              + Bounds.MAX_TTL_MILLIS
              + " ms, not "
              + open.ttlMillis());
    }
    if (!Ask.clipOwner(open.owner()).equals(open.owner())) {
      return Outcomes.refused(
          "an owner has at most "
              + Ask.MAX_OWNER
              + " characters, none of them a control character");
    }
    if (sessions.size() >= Bounds.MAX_SESSIONS) {
      return Outcomes.refused(
          "there are " + Bounds.MAX_SESSIONS + " sessions, the most there can be");
    }
    Session session = new Session(id, open.ttlMillis(), open.owner(), sessions.generation());
    session.deadline(nowMillis + open.ttlMillis());
    session.token(open.by());
    access.usage().opened(session, open.by());
    sessions.add(session);
    return new Outcome.Alive(false);
  }

  /** Whether a sign of life is of a session that may be kept alive. */
  boolean counts(Command.OfSession sign, long wallMillis) {
    Session session = sessions.look(sign.session());
    if (session == null || (sign instanceof Command.Open && session.isUsed())) {
      return false;
    }
    TokenId by = sign instanceof Command.ByToken byToken ? byToken.by() : session.token();
    return access.refusal(by, wallMillis) == null;
  }

  /** A sign of life of a session that is alive. */
  Outcome sign(Session session, Command.OfSession command, long nowMillis, long wallMillis) {
    Outcome refused =
        command instanceof Command.ByToken byToken
            ? access.bind(session, byToken.by(), lines, wallMillis)
            : access.refusal(session.token(), wallMillis);
    return refused == null ? sign(session, command instanceof Command.Attach, nowMillis) : refused;
  }

  /** Prolongs a session that is alive; if it attaches, answers with its tickets, too. */
  private Outcome sign(Session session, boolean attaches, long nowMillis) {
    sessions.prolong(session, nowMillis);
    boolean attention = session.attention();
    session.attention(false);
    return attaches ? attached(session, attention) : new Outcome.Alive(attention);
  }

  /** All of its tickets, so that nothing told before need be kept for it. */
  private Outcome attached(Session session, boolean attention) {
    List<Outcome.Held> held = new ArrayList<>(session.tickets().size());
    boolean[] revoked = {attention};
    session
        .tickets()
        .forEach(
            (number, name) -> {
              Line line = lines.get(name);
              Ticket ticket = line.find(number).orElseThrow();
              boolean granted = line.isGranted(number);
              boolean recalled = granted && ticket.mayBeKept() && line.length() > 1;
              held.add(held(name, ticket, granted, recalled));
              revoked[0] |= ticket.revoked();
              return true;
            });
    return new Outcome.Attached(revoked[0], session.ttlMillis(), held);
  }

  private static Outcome.Held held(
      LockName name, Ticket ticket, boolean granted, boolean recalled) {
    return new Outcome.Held(
        name,
        ticket.request(),
        ticket.number(),
        granted,
        recalled,
        ticket.exclusive(),
        ticket.weight(),
        ticket.capacity());
  }
}
