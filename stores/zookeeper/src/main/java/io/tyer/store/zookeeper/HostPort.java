package io.tyer.store.zookeeper;

/** Where a member listens for clients. */
record HostPort(String host, int port) {

  static final int DEFAULT_PORT = 2181;

  /**
   * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static HostPort parse(String text) {
    int close = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(close, 0));
    String host = colon < 0 ? text : text.substring(0, colon);
    if (close > 0) {
      host = text.substring(1, close);
    }
    boolean joined = close < 0 || close == text.length() - 1 || colon == close + 1;
    if (host.isBlank()
        || !joined
        || host.chars().anyMatch(Character::isWhitespace)
        || (close < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0)) {
      throw new IllegalArgumentException(
          "a server is written as host, host:port or [ipv6]:port, not '" + text + "'");
    }
    return new HostPort(host, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port >= 1 && port <= 65535) {
      return port;
    }
    throw new IllegalArgumentException("a port is 1 to 65535, not '" + text + "'");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
