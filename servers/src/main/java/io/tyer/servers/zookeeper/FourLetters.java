package io.tyer.servers.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What members answer to anybody who asks in four letters. */
final class FourLetters {

  private static final int MILLIS = 5_000;
  private static final int MOST = 1 << 20;

  private FourLetters() {}

  /** Asks on a connection of its own. */
  static String ask(InetSocketAddress member, String word) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(member, MILLIS);
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
    }
  }

  /** What a text of lines {@code FIELD: VALUE} says of a field; empty if nothing. */
  static String field(String text, String field) {
    return text.lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
