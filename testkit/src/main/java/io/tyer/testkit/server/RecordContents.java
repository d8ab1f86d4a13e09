package io.tyer.testkit.server;

import io.tyer.line.LineCodec;
import io.tyer.line.MalformedLineException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a store of records holds from the bytes of its records, written from their documented
 * format and not with the code that stores use. For kinds whose store is a {@link
 * io.tyer.store.record.RecordLineStore}.
 */
public final class RecordContents {

  private static final int FORMAT = 1;

  private final SortedMap<String, Integer> tickets = new TreeMap<>();
  private int sessions;

  /** Nothing so far. */
  public RecordContents() {}

  /**
   * Adds the content of a record of kind LINES.
   *
   * @throws IOException if it is not one
   */
  public void addLines(byte[] content) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(content);
    try {
      if (in.get() != 'L' || in.get() != FORMAT) {
        throw new IOException("not a record of lines in format " + FORMAT);
      }
      in.getLong(); // the floor under its numbers
      int lines = in.getInt();
      for (int i = 0; i < lines; i++) {
        String name = new String(bytes(in, in.getShort()), StandardCharsets.UTF_8);
        byte[] line = bytes(in, in.getInt());
        tickets.merge(name, LineCodec.decode(line).length(), Integer::sum);
      }
    } catch (BufferUnderflowException | MalformedLineException e) {
      throw new IOException("not a record of lines", e);
    }
  }

  /** Counts a record of kind SESSION. */
  public void addSession() {
    sessions++;
  }

  /** What was added. */
  public Contents contents() {
    return new Contents(tickets, sessions);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
