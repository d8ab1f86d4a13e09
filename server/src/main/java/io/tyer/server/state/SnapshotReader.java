package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LineCodec;
import io.tyer.line.LockName;
import io.tyer.line.MalformedLineException;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a state that an {@link Image} wrote. */
final class SnapshotReader {

  private final InputStream in;
  private final Sessions sessions = new Sessions();
  private final Lines lines = new Lines();
  private final Tokens tokens = new Tokens();
  private final Adopted adopted = new Adopted();
  private boolean withTokens;
  private @Nullable TokenId lastToken;
  private @Nullable SessionId lastSession;
  private @Nullable LockName lastName;
  private long lastDeath;

  SnapshotReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  LockMachine read() throws IOException {
    RecordInput records = new RecordInput(in);
    withTokens = records.version() >= 2;
    if (withTokens) {
      tokens.restoreUsed();
    }
    try {
      WireIn record = records.next();
      if (record.get() != SnapshotFormat.HEAD) {
        throw new IllegalArgumentException("it does not begin with a head");
      }
      long nowMillis = record.getVarint(Long.MAX_VALUE);
      long lastNumber = record.getVarint();
      if (lastNumber < -1 || lastNumber > Ticket.MAX_NUMBER) {
        throw new IllegalArgumentException("the last number is " + lastNumber);
      }
      lines.lastNumber(lastNumber);
      if (records.version() > Adopted.FIRST) {
        require(record.getInt() == records.version(), "the adopted version");
        adopted.raise(records.version());
      }
      record.end();
      int kind = SnapshotFormat.HEAD;
      while (kind != SnapshotFormat.END) {
        record = records.next();
        int next = record.get();
        if (SnapshotFormat.place(next) < SnapshotFormat.place(kind)) {
          throw new IllegalArgumentException("record " + next + " after record " + kind);
        }
        kind = next;
        take(kind, record, nowMillis);
        record.end();
      }
      if (lines.lastNumber() != lastNumber) {
        throw new IllegalArgumentException("a number above the last");
      }
      records.end();
      tokens.restored();
      Access access = new Access(tokens, adopted);
      sessions.forEach(session -> access.restored(session, lines));
      return new LockMachine(sessions, lines, access, adopted, nowMillis);
    } catch (IllegalArgumentException | MalformedLineException e) {
      throw SnapshotException.damaged(e);
    }
  }

  private void take(int kind, WireIn record, long nowMillis) throws MalformedLineException {
    switch (kind) {
      case SnapshotFormat.TOKEN -> takeToken(record);
      case SnapshotFormat.SESSION -> takeSession(record);
      case SnapshotFormat.DEAD -> takeDead(record, nowMillis);
      case SnapshotFormat.LINE -> takeLine(record);
      case SnapshotFormat.END -> takeEnd(record);
      default -> throw new IllegalArgumentException("there is no record " + kind);
    }
  }

  private void takeEnd(WireIn record) {
    require(record.getVarint() == sessions.size(), "sessions are missing");
    require(record.getVarint() == sessions.dead().size(), "ended sessions are missing");
    require(record.getVarint() == lines.byName().size(), "lines are missing");
    if (withTokens) {
      require(record.getVarint() == tokens.size(), "tokens are missing");
    }
  }

  private void takeToken(WireIn record) {
    require(withTokens, "a token in format 1");
    AccessToken token =
        adopted.version() > Adopted.FIRST
            ? TokenCodec.getWithBytes(record)
            : TokenCodec.get(record, adopted.version());
    require(lastToken == null || lastToken.compareTo(token.id()) < 0, "tokens out of order");
    lastToken = token.id();
    tokens.restore(token);
  }

  private void takeSession(WireIn record) {
    SessionId id = record.getSession();
    require(lastSession == null || lastSession.compareTo(id) < 0, "sessions out of order");
    lastSession = id;
    long ttl = record.getVarint(Bounds.MAX_TTL_MILLIS);
    String owner = record.getText();
    require(Ask.clipOwner(owner).equals(owner), "a session's owner");
    Session session = new Session(id, ttl, owner, sessions.generation());
    session.deadline(record.getVarint(Long.MAX_VALUE));
    session.attention(record.getFlag());
    long settled = record.getVarint(Long.MAX_VALUE);
    session.settle(settled);
    int count = record.getCount(2);
    long before = settled - 1;
    for (int i = 0; i < count; i++) {
      long sequence = record.getVarint();
      require(sequence > before, "outcomes out of order");
      before = sequence;
      session.keep(sequence, OutcomeCodec.get(record));
    }
    if (withTokens) {
      session.token(TokenCodec.getId(record));
    }
    sessions.add(session);
  }

  private void takeDead(WireIn record, long nowMillis) {
    SessionId id = record.getSession();
    long at = record.getVarint(nowMillis);
    require(at >= lastDeath, "ends out of order");
    lastDeath = at;
    require(!sessions.isAlive(id), "a session that lives and has ended");
    require(!sessions.dead().contains(id), "a session that has ended twice");
    sessions.dead().restore(id, at);
  }

  private void takeLine(WireIn record) throws MalformedLineException {
    LockName name = record.getName();
    require(lastName == null || lastName.compareTo(name) < 0, "lines out of order");
    lastName = name;
    Line line = LineCodec.decode(record.getBytes());
    require(!line.isEmpty(), "a line without tickets");
    for (Ticket ticket : line.tickets()) {
      lines.waiting(line.isGranted(ticket.number()) ? 0 : 1);
      lines.textBytes(HeapCost.textBytes(name, ticket));
      Session session = sessions.look(ticket.session());
      require(session != null, "a ticket without a session");
      if (session != null) {
        require(session.tickets().get(ticket.number()) == null, "two tickets of one number");
        session.tickets().put(ticket.number(), name);
      }
    }
    lines.put(name, Line.empty(0), line);
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what);
    }
  }
}
