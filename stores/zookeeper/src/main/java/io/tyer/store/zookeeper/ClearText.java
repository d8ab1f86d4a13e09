package io.tyer.store.zookeeper;

import io.tyer.store.network.HostPort;
import java.util.Optional;

/** A password that crosses a network so that others on it can read it. */
final class ClearText {

  private ClearText() {}

  /** A server to which it would, if there is one. */
  static Optional<HostPort> server(ZooKeeperAddress address) {
    if (address.password() == null || address.tls()) {
      return Optional.empty();
    }
    return address.servers().stream().filter(server -> !server.isLoopback()).findFirst();
  }
}
