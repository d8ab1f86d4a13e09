package io.tyer.store.redis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether credentials cross a network unencrypted. */
final class ClearText {

  private ClearText() {}

  /** A server that is sent credentials which others can read on their way. */
  static Optional<HostPort> server(RedisAddress address) {
    boolean credentials = address.password() != null || address.sentinelPassword() != null;
    if (address.tls() || !credentials) {
      return Optional.empty();
    }
    return address.servers().stream().filter(server -> !isLoopback(server.host())).findFirst();
  }

  /** By its text alone: names are not looked up, but for those that always are this machine. */
  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    try {
      return literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
