package io.tyer.store.record;

import static io.tyer.store.record.MalformedRecordException.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A session's record as bytes.
 *
 * <pre>
 * session 'S' | format (1 byte, now 1) | dead (1: 0 or 1) | ttl (8) | beats (8) | nanos (8)
 *         | wall (8) | calls (8) | owner | clock | processes | count (2) | count bearers
 * text    length (2) | UTF-8
 * bearer  pid (8) | start (8)
 * </pre>
 *
 * Integers are big-endian.
 */
final class SessionCodec implements Form<SessionState> {

  private static final int FIXED = RecordHead.LENGTH + 1 + 5 * Long.BYTES + 4 * Short.BYTES;
  private static final int BEARER = 2 * Long.BYTES;

  /** No text and no list in such a record is longer. */
  private static final int MOST = 4096;

  @Override
  public byte[] encode(SessionState session) {
    byte[] owner = text(session.owner());
    byte[] clock = text(session.clock());
    byte[] processes = text(session.processes());
    List<Bearer> bearers = session.bearers();
    int texts = owner.length + clock.length + processes.length;
    ByteBuffer out = ByteBuffer.allocate(FIXED + texts + bearers.size() * BEARER);
    RecordHead.SESSION.put(out);
    out.put((byte) (session.dead() ? 1 : 0)).putLong(session.ttlMillis());
    out.putLong(session.beats()).putLong(session.beatNanos()).putLong(session.beatWallMillis());
    out.putLong(session.calls());
    out.putShort((short) owner.length).put(owner);
    out.putShort((short) clock.length).put(clock);
    out.putShort((short) processes.length).put(processes);
    out.putShort((short) bearers.size());
    for (Bearer bearer : bearers) {
      out.putLong(bearer.pid()).putLong(bearer.start());
    }
    return out.array();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (utf8.length > MOST) {
      throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
    }
    return utf8;
  }

  @Override
  public SessionState decode(RecordKey key, Stamped version) throws MalformedRecordException {
    ByteBuffer in = RecordHead.SESSION.check(version.content());
    SessionState session;
    try {
      session = get(in);
    } catch (BufferUnderflowException e) {
      throw malformed("it ends too early", e);
    }
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes after its end");
    }
    return session;
  }

  private static SessionState get(ByteBuffer in) throws MalformedRecordException {
    byte dead = in.get();
    long ttlMillis = in.getLong();
    if (dead < 0 || dead > 1 || ttlMillis <= 0 || ttlMillis > Integer.MAX_VALUE) {
      throw malformed("state " + dead + " with a TTL of " + ttlMillis + " ms");
    }
    long beats = in.getLong();
    long nanos = in.getLong();
    long wallMillis = in.getLong();
    long calls = in.getLong();
    String owner = getText(in);
    String clock = getText(in);
    String processes = getText(in);
    int count = getCount(in);
    List<Bearer> bearers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      bearers.add(new Bearer(in.getLong(), in.getLong()));
    }
    return new SessionState(
        dead == 1, ttlMillis, owner, beats, nanos, wallMillis, calls, clock, processes, bearers);
  }

  private static String getText(ByteBuffer in) throws MalformedRecordException {
    byte[] utf8 = new byte[getCount(in)];
    in.get(utf8);
    String text = new String(utf8, UTF_8);
    // What is not UTF-8 was replaced above, so that it is not written again as it was.
    if (!Arrays.equals(utf8, text.getBytes(UTF_8))) {
      throw malformed("a text that is not UTF-8");
    }
    return text;
  }

  private static int getCount(ByteBuffer in) throws MalformedRecordException {
    int count = Short.toUnsignedInt(in.getShort());
    if (count > MOST) {
      throw malformed("a length of " + count);
    }
    return count;
  }
}
