package io.tyer.server.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Where clients come in.
 *
 * @param listen port 0 for any free one
 * @param hosts names by which clients call it, beside localhost, addresses, and the names of the
 *     group's members and of its certificate; {@code *.} at the beginning stands for any one label
 * @param tls how connections are secured; empty for plain text
 */
public record HttpPlace(InetSocketAddress listen, Set<String> hosts, Optional<HttpTls> tls) {

  /** Keeps a copy. */
  public HttpPlace {
    hosts = Set.copyOf(hosts);
  }
}
