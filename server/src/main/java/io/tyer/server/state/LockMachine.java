package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state: sessions and lines, moved by entries. The same entries in the same order
 * make the same state, outcomes and notices everywhere.
 *
 * <p>Time is the sum of what entries let pass. A session ends at the beginning of the entry with
 * which its time is over, unless that entry has a sign of life of it: {@link Command.Open}, {@link
 * Command.Attach} or {@link Command.Beat}. Nothing else prolongs it.
 *
 * <p>Not thread-safe: one thread applies, saves and asks. Only an {@link Image} may be used by
 * another thread.
 */
public final class LockMachine {

  private final Sessions sessions;
  private final Lines lines;
  private final TicketCommands commands;
  private final SessionCommands sessionCommands;
  private final Access access;
  private final AccessCommands accessCommands;
  private final Adopted adopted;
  private final Tally tally = new Tally();
  private long nowMillis;
  private boolean watched;

  /** The state before the first entry. */
  public LockMachine() {
    this(new Adopted());
  }

  private LockMachine(Adopted adopted) {
    this(new Sessions(), new Lines(), new Access(new Tokens(), adopted), adopted, 0);
  }

  LockMachine(Sessions sessions, Lines lines, Access access, Adopted adopted, long nowMillis) {
    this.sessions = sessions;
    this.lines = lines;
    this.access = access;
    this.adopted = adopted;
    this.commands = new TicketCommands(sessions, lines, access, tally);
    this.sessionCommands = new SessionCommands(sessions, lines, access);
    this.accessCommands = new AccessCommands(access, commands, adopted);
    this.nowMillis = nowMillis;
  }

  /**
   * Applies an entry. A command that cannot be obeyed has the outcome {@link Outcome.Failed} and no
   * effect; whatever is thrown is a defect, and the same on all members.
   */
  public Applied apply(Entry entry) {
    lines.begin(entry.wallMillis());
    lines.note(watched);
    nowMillis += entry.elapsedMillis();
    tally.begin(entry.commands().size());
    Effects effects = new Effects(entry.wallMillis(), sessions::isAlive);
    List<Session> overdue =
        sessions.anyOverdue(nowMillis) ? endOverdue(entry.commands(), effects) : List.of();
    // Before there is room that it could be granted.
    accessCommands.dropExpired(effects);
    // Only now, so that none of them is told of what the others make room for.
    overdue.forEach(session -> commands.drop(session, effects));
    List<Outcome> outcomes = new ArrayList<>(entry.commands().size());
    for (Command command : entry.commands()) {
      Outcome outcome = apply(command, effects);
      tally.came(outcome);
      outcomes.add(outcome);
    }
    return new Applied(outcomes, effects.notices(), lines.noted());
  }

  /** Whether entries are to say whose lines they changed, from now on; at first they do not. */
  public void watched(boolean now) {
    watched = now;
  }

  /** How many sessions are alive. */
  public long sessions() {
    return sessions.size();
  }

  /** How many lines are not empty. */
  public long lines() {
    return lines.byName().size();
  }

  /** How many tickets stand in all lines. */
  public long tickets() {
    return lines.tickets();
  }

  /** How many of them wait. */
  public long waiting() {
    return lines.waiting();
  }

  /**
   * About how many bytes of heap the state takes, rather too many than too few. It follows from the
   * state, and nothing in it follows from this.
   */
  public long heapCost() {
    return sessions.heapCost()
        + HeapCost.TICKET * lines.tickets()
        + HeapCost.texts(lines.textBytes())
        + access.tokens().heapCost();
  }

  /** The tokens under which there is more than so many bytes of heap. */
  public Set<TokenId> tokensAbove(long bytes) {
    return access.usage().above(bytes);
  }

  /** What the last entry came to; the same object for every entry. */
  public Tally tally() {
    return tally;
  }

  /** The tokens that are not revoked; the same object until one comes or goes. */
  public Map<TokenId, AccessToken> tokens() {
    return access.tokens().published();
  }

  /** Which version's behaviour is in force; {@link Command.Adopt} raises it. */
  public int adopted() {
    return adopted.version();
  }

  /** The largest number given out, or the floor under the next ones; -1 before the first entry. */
  public long lastNumber() {
    return lines.lastNumber();
  }

  /** The state as it is now, in constant time. */
  public Image image() {
    return new Image(
        nowMillis,
        lines.lastNumber(),
        adopted.version(),
        access.tokens().used(),
        access.tokens().freeze(),
        sessions.freeze(),
        lines.freeze());
  }

  /** Writes the state as it is now; {@link #restore} reads it. */
  public void save(OutputStream out) throws IOException {
    image().write(out);
  }

  /**
   * The state that was saved, up to the end of the stream.
   *
   * @throws SnapshotException if it is damaged, was never a snapshot, or is from a newer release
   * @throws IOException if it cannot be read
   */
  public static LockMachine restore(InputStream in) throws IOException {
    return new SnapshotReader(in).read();
  }

  /** A SHA-256 over the whole state: equal states have equal ones. Takes as long as to save. */
  public byte[] hash() {
    return image().hash();
  }

  private List<Session> endOverdue(List<Command> entry, Effects effects) {
    Set<SessionId> signs = new HashSet<>();
    for (Command command : entry) {
      if (command instanceof Command.OfSession sign
          && isSign(command)
          && sessionCommands.counts(sign, effects.wallMillis())) {
        signs.add(sign.session());
      }
    }
    List<Session> overdue = sessions.overdue(nowMillis, signs);
    for (Session session : overdue) {
      sessions.bury(session, nowMillis);
      tally.hasExpired();
      effects.ended(
          session.id(), "there was no sign of life for its TTL of " + session.ttlMillis() + " ms");
    }
    return overdue;
  }

  private static boolean isSign(Command command) {
    return command instanceof Command.Open
        || command instanceof Command.Attach
        || command instanceof Command.Beat;
  }

  private Outcome apply(Command command, Effects effects) {
    if (command instanceof Command.OfSession ofSession) {
      return ofSession(ofSession, effects);
    }
    if (command instanceof Command.Revoke revoke) {
      return commands.revoke(revoke, effects);
    }
    if (command instanceof Command.List list) {
      return list(list, effects.wallMillis());
    }
    if (command instanceof Command.Adopt adopt) {
      adopted.raise(adopt.version());
      return new Outcome.Nothing();
    }
    if (command instanceof Command.RaiseNumbers raise) {
      lines.lastNumber(Math.max(lines.lastNumber(), raise.floor()));
      return new Outcome.Nothing();
    }
    Outcome ofTokens = accessCommands.apply(command, effects);
    return ofTokens == null ? new Outcome.Nothing() : ofTokens;
  }

  private Outcome list(Command.List list, long wallMillis) {
    if (list.by().isNone()) {
      return Listing.of(lines, list, List.of(list.prefix()));
    }
    AccessToken token = access.token(list.by(), wallMillis);
    return token == null
        ? Outcomes.notKnown(list.by())
        : Listing.of(lines, list, token.prefixes(Right.READ, list.prefix()));
  }

  private Outcome ofSession(Command.OfSession command, Effects effects) {
    SessionId id = command.session();
    Session session = sessions.find(id);
    if (session == null) {
      return command instanceof Command.Open open
          ? sessionCommands.open(open, nowMillis, effects.wallMillis())
          : Outcomes.dead(id);
    }
    if (command instanceof Command.Once once) {
      return once(session, once, effects);
    }
    if (command instanceof Command.Check check) {
      return commands.check(session, check, effects);
    }
    if (command instanceof Command.End) {
      sessions.bury(session, nowMillis);
      commands.drop(session, effects);
      return new Outcome.Found(true);
    }
    if (command instanceof Command.Open open && session.isUsed()) {
      Outcome unused = access.bind(session, open.by(), lines, effects.wallMillis());
      return Outcomes.refused("a session was opened before by this secret, and is in use");
    }
    return sessionCommands.sign(session, command, nowMillis, effects.wallMillis());
  }

  private Outcome once(Session session, Command.Once command, Effects effects) {
    long sequence = command.place().sequence();
    long settled = command.place().settled();
    if (sequence < 1 || settled < 0 || settled > sequence) {
      return Outcomes.refused(
          "a command's sequence number is 1 or more, and what is settled is 0 to that; not "
              + sequence
              + " and "
              + settled);
    }
    long cost = session.outcomesCost();
    session.settle(settled);
    changed(session, cost);
    if (sequence < session.settled()) {
      return Outcomes.settled(sequence, session.settled());
    }
    Outcome before = session.outcome(sequence);
    if (before != null) {
      return before;
    }
    if (session.outcomes().size() >= Bounds.MAX_UNSETTLED) {
      return Outcomes.refused(
          "the session has "
              + Bounds.MAX_UNSETTLED
              + " unsettled commands, the most it can have: say which ones are settled");
    }
    Outcome outcome = perform(session, command, effects);
    // Nothing was done: sent again, under another token, it is done once all the same.
    if (!Outcomes.isNotAllowed(outcome)) {
      cost = session.outcomesCost();
      session.keep(sequence, outcome);
      changed(session, cost);
    }
    return outcome;
  }

  /** Its outcomes took this much heap before. */
  private void changed(Session session, long before) {
    long more = session.outcomesCost() - before;
    if (more != 0) {
      sessions.outcomesCost(more);
      access.usage().outcomesCost(session.id(), more);
    }
  }

  private Outcome perform(Session session, Command.Once command, Effects effects) {
    try {
      if (command instanceof Command.Enter enter) {
        return commands.enter(session, enter, effects);
      }
      if (command instanceof Command.Leave leave) {
        return commands.leave(session, leave, effects);
      }
      return commands.weaken(session, (Command.Weaken) command, effects);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Outcomes.refused(String.valueOf(e.getMessage()));
    }
  }

  /** For tests: a line as it stands. */
  @Nullable Line line(LockName name) {
    return lines.byName().get(name);
  }
}
