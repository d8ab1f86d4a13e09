package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that are measured: those that addresses name, or else one of each kind that is
 * started for all of them. What is kept in files, where no directory is named, shares one, too.
 */
final class Servers implements AutoCloseable {

  private static final String DIRECTORY = "directory";

  private final Set<String> descriptions = new LinkedHashSet<>();
  private final Map<String, OwnServer> own = new ConcurrentHashMap<>();

  /** How a server, or what stands for one, is made. */
  @FunctionalInterface
  private interface Making {
    OwnServer make() throws IOException;
  }

  /** The address with a server in it, or a directory, where it wants one and names none. */
  Address locate(Address address) throws IOException {
    if (Places.isDirectory(address) && address.location().isEmpty()) {
      OwnServer directory = own(DIRECTORY, OwnDirectory::make);
      descriptions.add("none but files, " + directory.keeps());
      return address.at(directory.location());
    }
    if (!Places.isServer(address)) {
      return address;
    }
    if (!address.location().isEmpty()) {
      describe(address, "at " + address);
      return address;
    }
    ServerKind kind = ServerKind.of(address);
    OwnServer server = own(kind.variant(address), () -> kind.start(address));
    Address located = server.locate(address);
    describe(located, server.keeps());
    return located;
  }

  private void describe(Address located, String where) throws IOException {
    try (ServerGauge server = ServerGauge.at(located)) {
      descriptions.add(server.version() + ", " + where);
    }
  }

  /** Before each run: what the last one left is gone, if the server is ours. */
  void clear() throws IOException {
    for (OwnServer server : own.values()) {
      server.clear();
    }
  }

  private OwnServer own(String name, Making making) throws IOException {
    OwnServer server = own.get(name);
    if (server == null) {
      server = making.make();
      own.put(name, server);
    }
    return server;
  }

  /** Which were measured, for people. */
  Set<String> descriptions() {
    return descriptions;
  }

  /** Ends them all, even if one does not end. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (OwnServer server : own.values()) {
      try {
        server.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    own.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
