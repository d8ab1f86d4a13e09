package io.tyer.store.redis;

import io.tyer.store.network.HostPort;
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
    return address.servers().stream().filter(server -> !server.isLoopback()).findFirst();
  }
}
