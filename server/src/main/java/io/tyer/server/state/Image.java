package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LineCodec;
import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The state as it was at one moment. It never changes, and may be written by any thread. */
public final class Image {

  private final long nowMillis;
  private final long lastNumber;
  private final int adopted;
  private final boolean withTokens;
  private final CowTree<TokenId, AccessToken> tokens;
  private final Sessions.Frozen sessions;
  private final CowTree<LockName, Line> lines;

  Image(
      long nowMillis,
      long lastNumber,
      int adopted,
      boolean withTokens,
      CowTree<TokenId, AccessToken> tokens,
      Sessions.Frozen sessions,
      CowTree<LockName, Line> lines) {
    this.nowMillis = nowMillis;
    this.lastNumber = lastNumber;
    this.adopted = adopted;
    // What has adopted a version need not be read by whom tokens are unknown.
    this.withTokens = withTokens || adopted > Adopted.FIRST;
    this.tokens = tokens;
    this.sessions = sessions;
    this.lines = lines;
  }

  /**
   * Writes it, and leaves the stream open. {@link LockMachine#restore} reads it.
   *
   * @throws IOException if it cannot be written
   */
  public void write(OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    RecordOutput records = new RecordOutput(buffered, version());
    WireOut head = records.begin(SnapshotFormat.HEAD).putVarint(nowMillis).putVarint(lastNumber);
    if (adopted > Adopted.FIRST) {
      head.putVarint(adopted);
    }
    records.end();
    try {
      tokens.forEach((id, token) -> put(records, token));
      sessions.alive().forEach((id, session) -> put(records, session));
      sessions.dead().inOrder().forEach((place, death) -> put(records, death));
      lines.forEach((name, line) -> put(records, name, line));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    WireOut end = records.begin(SnapshotFormat.END).putVarint(sessions.alive().size());
    end.putVarint(sessions.dead().size()).putVarint(lines.size());
    if (withTokens) {
      end.putVarint(tokens.size());
    }
    records.end();
    buffered.flush();
  }

  private int version() {
    if (adopted > Adopted.FIRST) {
      return adopted;
    }
    return withTokens ? 2 : 1;
  }

  /** A SHA-256 over all of it: equal states have equal ones. Takes as long as to write it. */
  public byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return digest.digest();
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean put(RecordOutput records, AccessToken token) {
    WireOut out = records.begin(SnapshotFormat.TOKEN);
    if (adopted > Adopted.FIRST) {
      TokenCodec.putWithBytes(out, token);
    } else {
      TokenCodec.put(out, token);
    }
    return ended(records);
  }

  private boolean put(RecordOutput records, Session session) {
    WireOut out = records.begin(SnapshotFormat.SESSION);
    out.putSession(session.id()).putVarint(session.ttlMillis()).putText(session.owner());
    out.putVarint(session.deadline()).putFlag(session.attention()).putVarint(session.settled());
    out.putVarint(session.outcomes().size());
    session
        .outcomes()
        .forEach(
            (sequence, outcome) -> {
              out.putVarint(sequence);
              OutcomeCodec.put(out, outcome);
              return true;
            });
    if (withTokens) {
      TokenCodec.putId(out, session.token());
    }
    return ended(records);
  }

  private static boolean put(RecordOutput records, DeadSessions.Death death) {
    records.begin(SnapshotFormat.DEAD).putSession(death.id()).putVarint(death.atMillis());
    return ended(records);
  }

  private static boolean put(RecordOutput records, LockName name, Line line) {
    records.begin(SnapshotFormat.LINE).putName(name).putBytes(LineCodec.encode(line));
    return ended(records);
  }

  private static boolean ended(RecordOutput records) {
    try {
      records.end();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
