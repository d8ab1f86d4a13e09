package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that are measured: those that addresses name, or else one of each kind that is
 * started for all of them. What is kept in files, where no directory is named, shares one, too.
 */
public final class Servers implements AutoCloseable {

  private static final String DIRECTORY = "directory";

  /** What was measured, in words, and since when it has run, if it was started for that. */
  private final Map<String, OptionalLong> descriptions = new LinkedHashMap<>();

  private final Map<String, OwnServer> own = new ConcurrentHashMap<>();

  /** How a server, or what stands for one, is made. */
  @FunctionalInterface
  private interface Making {
    OwnServer make() throws IOException;
  }

  /** The address with a server in it, or a directory, where it wants one and names none. */
  public Address locate(Address address) throws IOException {
    if (Places.isDirectory(address) && address.location().isEmpty()) {
      OwnServer directory = own(DIRECTORY, OwnDirectory::make);
      descriptions.put("none but files, " + directory.keeps(), OptionalLong.empty());
      return address.at(directory.location());
    }
    if (!Places.isServer(address)) {
      return address;
    }
    if (!address.location().isEmpty()) {
      describe(address, "at " + address, OptionalLong.empty());
      return address;
    }
    ServerKind kind = ServerKind.of(address);
    OwnServer server = own(kind.variant(address), () -> kind.start(address));
    Address located = server.locate(address);
    describe(located, server.keeps(), OptionalLong.of(System.nanoTime()));
    return located;
  }

  private void describe(Address located, String where, OptionalLong since) throws IOException {
    try (ServerGauge server = ServerGauge.at(located)) {
      OptionalLong unused = descriptions.putIfAbsent(server.version() + ", " + where, since);
    }
  }

  /** Before each run: what the last one left is gone, if the server is ours. */
  public void clear() throws IOException {
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

  /** Which were measured, for people, and how old they are now. */
  public List<String> descriptions() {
    return descriptions.entrySet().stream().map(one -> one.getKey() + age(one.getValue())).toList();
  }

  private static String age(OptionalLong since) {
    return since.isEmpty()
        ? ""
        : ", started for the first run, "
            + Math.round(Math.ceil((System.nanoTime() - since.getAsLong()) / 6e10))
            + " min before the end of the last";
  }

  /** Ends them all, even if one does not end. */
  @Override
  public void close() throws IOException {
    IOException failure = new IOException("a server that was measured has not ended");
    for (OwnServer server : own.values()) {
      try {
        server.close();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
    own.clear();
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
