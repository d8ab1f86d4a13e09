package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.servers.etcd.EtcdOptions;
import io.tyer.servers.etcd.EtcdTrioKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Three nodes of etcd with default settings, in directories of their own. */
public final class OwnEtcd implements OwnServer {

  private static final int NODES = 3;
  private static final long START_MILLIS = 20_000;

  private final Path directory;
  private final EtcdCluster cluster;
  private final Address address;
  private final Restarts restarts;

  private OwnEtcd(Path directory, EtcdCluster cluster) {
    this.directory = directory;
    this.cluster = cluster;
    this.address = new Address(Etcd.PUT, "//" + cluster, "");
    this.restarts = Restarts.of(cluster.nodes().stream().map(EtcdNode::process).toList());
  }

  /** Why none can be started here; empty if one can. */
  public static Optional<String> obstacle() {
    return new EtcdTrioKind().unavailable();
  }

  public static OwnEtcd start() throws IOException {
    Path directory = Files.createTempDirectory("tyer-etcd-");
    try {
      EtcdCluster cluster = EtcdCluster.start(directory, NODES, EtcdOptions.none());
      OwnEtcd own = new OwnEtcd(directory, cluster);
      own.awaitLeader().close();
      return own;
    } catch (IOException | RuntimeException e) {
      Directories.remove(directory);
      throw e;
    }
  }

  private Etcd awaitLeader() throws IOException {
    Etcd etcd = Etcd.at(address);
    try {
      String unused = etcd.awaitLeader(START_MILLIS);
      return etcd;
    } catch (IOException e) {
      etcd.close();
      throw e;
    }
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
    try (Etcd etcd = awaitLeader()) {
      etcd.clear();
    }
  }

  @Override
  public void close() throws IOException {
    restarts.close();
    cluster.close();
    Directories.remove(directory);
  }
}
