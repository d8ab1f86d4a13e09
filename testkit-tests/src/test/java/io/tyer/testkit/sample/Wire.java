package io.tyer.testkit.sample;

import io.tyer.store.record.RecordKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What client and server send each other: frames of a length and that many bytes. A connection
 * begins with the client's {@link #GREETING}; then each request but {@link #HINT} is answered by
 * one frame that begins with a status. After {@link #LISTEN} the server sends frames unasked.
 */
final class Wire {

  /** Names protocol and version. */
  static final int GREETING = 0x54595331; // TYS1

  /** No frame is longer: whoever sends one is not one of us. */
  static final int LONGEST_FRAME = 4 << 20;

  static final int GET = 1;
  static final int REPLACE = 2;
  static final int REMOVE = 3;
  static final int LIST = 4;
  static final int AGE = 5;
  static final int HINT = 6;
  static final int LISTEN = 7;

  /** Done; the answer follows. */
  static final int OK = 0;

  /** There is no such record, or it has changed: nothing was done. */
  static final int NOT_THERE = 1;

  /** Never will be done; why follows. Nothing was done. */
  static final int REFUSED = 2;

  /** Told to those who listen: only to show that the connection lives. */
  static final int PING = 0;

  /** Told to those who listen: a name follows. */
  static final int NAME = 1;

  /** Told to those who listen: hints were lost. */
  static final int ANYTHING = 2;

  private Wire() {}

  /** Something that writes a frame's content. */
  @FunctionalInterface
  interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Sends a frame in one piece. */
  static void send(DataOutputStream out, Content content) throws IOException {
    byte[] bytes = bytes(content);
    if (bytes.length > LONGEST_FRAME) {
      throw new IOException("a frame of " + bytes.length + " bytes");
    }
    byte[] frame =
        bytes(
            framed -> {
              framed.writeInt(bytes.length);
              framed.write(bytes);
            });
    out.write(frame);
    out.flush();
  }

  static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.writeTo(out);
    }
    return bytes.toByteArray();
  }

  /** The next frame, of bounded length. */
  static DataInputStream receive(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST_FRAME) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  static void putKey(DataOutputStream out, RecordKey key) throws IOException {
    out.writeUTF(key.kind().name());
    out.writeUTF(key.id());
  }

  static RecordKey getKey(DataInputStream in) throws IOException {
    RecordKey.Kind kind = getKind(in);
    String id = in.readUTF();
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new IOException("not the id of a record");
    }
    return new RecordKey(kind, id);
  }

  static RecordKey.Kind getKind(DataInputStream in) throws IOException {
    String kind = in.readUTF();
    try {
      return RecordKey.Kind.valueOf(kind);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a kind of record", e);
    }
  }
}
