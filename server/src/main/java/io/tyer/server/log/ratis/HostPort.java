package io.tyer.server.log.ratis;

/** An address, split. */
record HostPort(String host, int port) {

  /** Understands {@code host:port} and {@code [v6]:port}. */
  static HostPort parse(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (!host.isEmpty() && port >= 0 && port <= 65_535) {
        return new HostPort(host, port);
      }
    } catch (NumberFormatException notANumber) {
      throw wrong(address, notANumber);
    }
    throw wrong(address, null);
  }

  /** Whether it is an address of loopback, as it is written. */
  boolean isLoopback() {
    return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
  }

  private static IllegalArgumentException wrong(
      String address, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'" + address + "' is no peer address: host:port is one", cause);
  }
}
