package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes of etcd with default settings, on free ports, in directories of their own. */
final class OwnEtcd implements OwnServer {

  private static final List<Path> INSTALLED =
      List.of(Path.of("/usr/bin/etcd"), Path.of("/usr/local/bin/etcd"));
  private static final int NODES = 3;
  private static final long START_MILLIS = 20_000;

  private final Path directory;
  private final Supervised nodes;
  private final Address address;

  private OwnEtcd(Path directory, Supervised nodes, Address address) {
    this.directory = directory;
    this.nodes = nodes;
    this.address = address;
  }

  /** Why none can be started here; empty if one can. */
  static Optional<String> obstacle() {
    return installed().isPresent()
        ? Optional.empty()
        : Optional.of(
            "no etcd here: neither "
                + INSTALLED.stream().map(Path::toString).collect(Collectors.joining(" nor "))
                + " is there (Debian's package is etcd-server)");
  }

  private static Optional<Path> installed() {
    return INSTALLED.stream().filter(Files::isExecutable).findFirst();
  }

  static OwnEtcd start() throws IOException {
    Path binary = installed().orElseThrow(() -> new IOException(obstacle().orElse("")));
    Path directory = Files.createTempDirectory("tyer-etcd-");
    List<Integer> clients = Ports.free(2 * NODES);
    List<Integer> peers = clients.subList(NODES, 2 * NODES);
    clients = clients.subList(0, NODES);
    Supervised nodes = new Supervised();
    Address address = new Address(EtcdPeers.PUT, GroupLocation.here(clients).text(), "");
    OwnEtcd own = new OwnEtcd(directory, nodes, address);
    try {
      for (int node = 0; node < NODES; node++) {
        nodes.start(command(binary, directory, node, clients, peers), own.output());
      }
      try (Etcd etcd = Etcd.at(address)) {
        String unused = etcd.awaitLeader(START_MILLIS);
      }
      return own;
    } catch (IOException e) {
      String output = Files.exists(own.output()) ? Files.readString(own.output()) : "";
      own.close();
      throw new IOException(binary + " does not start: " + output, e);
    }
  }

  private static List<String> command(
      Path binary, Path directory, int node, List<Integer> clients, List<Integer> peers) {
    String all =
        IntStream.range(0, NODES)
            .mapToObj(it -> name(it) + "=" + url(peers.get(it)))
            .collect(Collectors.joining(","));
    return List.of(
        binary.toString(),
        "--name=" + name(node),
        "--data-dir=" + directory.resolve(name(node)),
        "--listen-client-urls=" + url(clients.get(node)),
        "--advertise-client-urls=" + url(clients.get(node)),
        "--listen-peer-urls=" + url(peers.get(node)),
        "--initial-advertise-peer-urls=" + url(peers.get(node)),
        "--initial-cluster=" + all,
        "--initial-cluster-token=tyer-benchmarks",
        "--initial-cluster-state=new",
        "--log-level=error");
  }

  private static String name(int node) {
    return "node-" + (node + 1);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private Path output() {
    return directory.resolve("output");
  }

  @Override
  public String location() {
    return address.location();
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(directory);
  }

  /** Waits for a node that was killed, too. */
  @Override
  public void clear() throws IOException {
    try (Etcd etcd = Etcd.at(address)) {
      String unused = etcd.awaitLeader(START_MILLIS);
      etcd.clear();
    }
  }

  @Override
  public void close() throws IOException {
    nodes.close();
    Directories.remove(directory);
  }
}
