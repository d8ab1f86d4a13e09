package io.tyer.server.door;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a client writes to its connection, frame by frame, right or wrong: HTTP/2 and gRPC by hand,
 * since no library would write what is wrong.
 */
final class HttpFrames {

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int HEAD = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final Random random;

  HttpFrames(Random random) {
    this.random = random;
  }

  /** A connection's bytes: mostly right, so that what is wrong comes far. */
  byte[] connection() {
    return switch (random.nextInt(10)) {
      case 0 -> bytes(random.nextInt(2_000));
      case 1 -> join(List.of(PREFACE, bytes(random.nextInt(500))));
      case 2 -> flipped(join(frames()));
      case 3 -> cut(join(frames()));
      case 4, 5 -> join(shuffled(frames()));
      case 6, 7 -> join(withStrangers(frames()));
      default -> join(frames());
    };
  }

  /** What a client with a session writes. */
  private List<byte[]> frames() {
    List<byte[]> frames = new ArrayList<>();
    frames.add(PREFACE);
    frames.add(frame(SETTINGS, 0, 0, new byte[0]));
    int calls = 1 + random.nextInt(3);
    for (int i = 0; i < calls; i++) {
      int stream = 2 * i + 1;
      frames.add(frame(HEADERS, END_HEADERS, stream, headers()));
      ByteString secret = ByteString.copyFrom(bytes(16));
      frames.add(frame(DATA, 0, stream, message(RawClient.open(1, secret))));
      frames.add(
          frame(
              DATA,
              0,
              stream,
              message(
                  RawClient.enter(
                      2, RawClient.exclusive("lock", ByteString.copyFrom(bytes(16)))))));
      frames.add(frame(DATA, 0, stream, message(RawClient.attach(3, secret))));
      if (random.nextBoolean()) {
        frames.add(frame(DATA, END_STREAM, stream, new byte[0]));
      }
    }
    return frames;
  }

  /** A connection with a call that never ends, and headers that never end. */
  static byte[] halfOpen(String method) {
    return join(
        List.of(
            PREFACE,
            frame(SETTINGS, 0, 0, new byte[0]),
            frame(HEADERS, END_HEADERS, 1, plainHeaders(method).toByteArray()),
            frame(HEADERS, 0, 3, plainHeaders(method).toByteArray())));
  }

  /** A connection with calls that never end. */
  static byte[] openCalls(String... methods) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(PREFACE);
    all.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    for (int i = 0; i < methods.length; i++) {
      all.writeBytes(
          frame(HEADERS, END_HEADERS, 2 * i + 1, plainHeaders(methods[i]).toByteArray()));
    }
    return all.toByteArray();
  }

  /** What a connection may say at any time. */
  static byte[] ping() {
    return frame(PING, 0, 0, new byte[8]);
  }

  private byte[] headers() {
    String method =
        switch (random.nextInt(6)) {
          case 0 -> "/tyer.v1.Locks/List";
          case 1 -> "/tyer.v1.Locks/Revoke";
          case 2 -> "/tyer.v1.Members/Transfer";
          case 3 -> "/tyer.v1.Locks/" + random.nextInt();
          default -> "/tyer.v1.Locks/Session";
        };
    ByteArrayOutputStream out = plainHeaders(method);
    if (random.nextInt(4) == 0) {
      header(out, "grpc-encoding", random.nextBoolean() ? "gzip" : "none-such");
    }
    if (random.nextInt(4) == 0) {
      header(out, "grpc-timeout", random.nextInt(100) + "m");
    }
    if (random.nextInt(8) == 0) {
      header(out, "x" + random.nextInt(), "y".repeat(random.nextInt(16_000)));
    }
    return out.toByteArray();
  }

  private static ByteArrayOutputStream plainHeaders(String method) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    header(out, ":method", "POST");
    header(out, ":scheme", "http");
    header(out, ":path", method);
    header(out, ":authority", "localhost");
    header(out, "content-type", "application/grpc");
    header(out, "te", "trailers");
    return out;
  }

  /** As a literal that is not indexed. */
  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    text(out, name);
    text(out, value);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    int length = text.length();
    if (length < 127) {
      out.write(length);
    } else {
      out.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(text.getBytes(US_ASCII));
  }

  /** In gRPC's envelope, which lies now and then. */
  private byte[] message(ClientMessage message) {
    byte[] body = random.nextInt(6) == 0 ? bytes(random.nextInt(100)) : message.toByteArray();
    int flag = random.nextInt(12) == 0 ? random.nextInt(256) : 0;
    int length = random.nextInt(12) == 0 ? random.nextInt() : body.length;
    return ByteBuffer.allocate(5 + body.length).put((byte) flag).putInt(length).put(body).array();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** Frames of any kind between them. */
  private List<byte[]> withStrangers(List<byte[]> frames) {
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      frames.add(1 + random.nextInt(frames.size()), stranger());
    }
    return frames;
  }

  private byte[] stranger() {
    int stream = random.nextInt(8);
    return switch (random.nextInt(8)) {
      case 0 -> frame(RST_STREAM, 0, stream, bytes(4));
      case 1 -> frame(WINDOW_UPDATE, 0, stream, bytes(4));
      case 2 -> frame(PING, random.nextInt(2), 0, bytes(8));
      case 3 -> frame(GOAWAY, 0, 0, bytes(8 + random.nextInt(50)));
      case 4 -> frame(SETTINGS, 0, 0, bytes(6 * random.nextInt(8)));
      case 5 -> frame(DATA, random.nextInt(256), stream, bytes(random.nextInt(20_000)));
      case 6 -> frame(HEADERS, random.nextInt(256), stream, bytes(random.nextInt(200)));
      default ->
          frame(
              random.nextInt(256),
              random.nextInt(256),
              random.nextInt(),
              bytes(random.nextInt(99)));
    };
  }

  private List<byte[]> shuffled(List<byte[]> frames) {
    for (int i = 0; i < 3; i++) {
      frames.add(frames.remove(1 + random.nextInt(frames.size() - 1)));
      frames.add(frames.get(random.nextInt(frames.size())));
    }
    return frames;
  }

  byte[] flipped(byte[] bytes) {
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private byte[] cut(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
