package io.tyer.store.etcd;

import java.util.Locale;

/** Where a member of etcd listens for clients. */
record HostPort(String host, int port) {

  static final int DEFAULT_PORT = 2379;

  /**
   * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static HostPort parse(String text) {
    int close = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(close, 0));
    String host;
    if (close > 0) {
      host = text.substring(1, close);
    } else {
      host = colon < 0 ? text : text.substring(0, colon);
    }
    boolean bracketsFit = close < 0 || close == text.length() - 1 || colon == close + 1;
    boolean oneColon = close >= 0 || colon < 0 || text.indexOf(':', colon + 1) < 0;
    if (!bracketsFit || !oneColon || !isHost(host)) {
      throw new IllegalArgumentException(
          "a member is written as host, host:port or [ipv6]:port, not '" + text + "'");
    }
    return new HostPort(
        host.toLowerCase(Locale.ROOT),
        colon < 0 ? DEFAULT_PORT : portOf(text.substring(colon + 1)));
  }

  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.chars().noneMatch(c -> Character.isWhitespace(c) || "@/[]?#".indexOf(c) >= 0);
  }

  private static int portOf(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not '" + text + "'");
    }
    return port;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
