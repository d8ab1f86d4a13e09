package io.tyer.store.record;

import static io.tyer.store.record.MalformedRecordException.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as bytes.
 *
 * <pre>
 * bucket  'L' | format (1 byte, now 1) | floor (8; -1 if undrawn) | count (4) | count lines
 * line    length of name (2) | name (UTF-8) | length (4) | the line as LineCodec writes it
 * </pre>
 *
 * Integers are big-endian; names ascend. Bytes are a bucket or are refused; its lines are looked
 * into only when they are asked for.
 */
final class BucketCodec {

  private static final int HEAD = RecordHead.LENGTH + Long.BYTES + Integer.BYTES;

  private BucketCodec() {}

  static byte[] encode(Bucket bucket) {
    int length = HEAD;
    for (StoredLine line : bucket.lines()) {
      length = Math.addExact(length, line.length());
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    RecordHead.BUCKET.put(out);
    out.putLong(bucket.floor()).putInt(bucket.lines().size());
    for (StoredLine line : bucket.lines()) {
      line.putTo(out);
    }
    return out.array();
  }

  static Bucket decode(byte[] content) throws MalformedRecordException {
    ByteBuffer in = RecordHead.BUCKET.check(content);
    need(in, Long.BYTES + Integer.BYTES);
    long floor = in.getLong();
    if (floor < Bucket.UNDRAWN_FLOOR || floor > Ticket.MAX_NUMBER) {
      throw malformed("the floor " + floor);
    }
    int count = in.getInt();
    if (count < 0 || (long) count * StoredLine.LENGTHS > in.remaining()) {
      throw malformed(count + " lines in " + in.remaining() + " bytes");
    }
    if (count > 0 && floor == Bucket.UNDRAWN_FLOOR) {
      throw malformed("lines without a floor");
    }
    List<StoredLine> lines = new ArrayList<>(count);
    LockName previous = null;
    for (int i = 0; i < count; i++) {
      StoredLine line = getLine(in, content, previous);
      lines.add(line);
      previous = line.name();
    }
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes after its end");
    }
    return new Bucket(floor, lines);
  }

  private static StoredLine getLine(ByteBuffer in, byte[] content, @Nullable LockName previous)
      throws MalformedRecordException {
    int start = in.position();
    need(in, Short.BYTES);
    byte[] utf8 = new byte[need(in, Short.toUnsignedInt(in.getShort()))];
    in.get(utf8);
    LockName name = name(utf8);
    if (previous != null && previous.compareTo(name) >= 0) {
      throw malformed("names that do not ascend");
    }
    need(in, Integer.BYTES);
    int length = need(in, in.getInt());
    in.position(in.position() + length);
    return StoredLine.read(name, content, start, in.position(), length);
  }

  private static LockName name(byte[] utf8) throws MalformedRecordException {
    String text = new String(utf8, UTF_8);
    // What is not UTF-8 was replaced above, so that it is not written again as it was.
    if (!Arrays.equals(utf8, text.getBytes(UTF_8))) {
      throw malformed("a name that is not UTF-8");
    }
    try {
      return LockName.of(text);
    } catch (IllegalArgumentException e) {
      throw malformed("a name of " + utf8.length + " bytes", e);
    }
  }

  private static int need(ByteBuffer in, int bytes) throws MalformedRecordException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw malformed("it ends too early");
    }
    return bytes;
  }
}
