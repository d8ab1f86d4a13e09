package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are measured: those that addresses name, or else one started for all of them.
 */
final class Servers implements AutoCloseable {

  private final Set<String> descriptions = new LinkedHashSet<>();
  private volatile @Nullable OwnServer own;

  /** The address with a server in it, where it wants one and names none. */
  Address locate(Address address) throws IOException {
    if (!Places.isServer(address)) {
      return address;
    }
    boolean named = !address.location().isEmpty();
    Address located = named ? address : address.at(own().location());
    try (RedisConnection connection = new RedisConnection(RedisLocation.of(located))) {
      descriptions.add(
          connection.version() + (named ? " at " + address : ", on this machine, in memory only"));
    }
    return located;
  }

  /** Before each run: what the last one left is gone, if the server is ours. */
  void clear() throws IOException {
    OwnServer server = own;
    if (server != null) {
      server.clear();
    }
  }

  private OwnServer own() throws IOException {
    OwnServer server = own;
    if (server == null) {
      server = OwnRedis.start();
      own = server;
    }
    return server;
  }

  /** Which were measured, for people. */
  Set<String> descriptions() {
    return descriptions;
  }

  @Override
  public void close() throws IOException {
    OwnServer server = own;
    own = null;
    if (server != null) {
      server.close();
    }
  }
}
