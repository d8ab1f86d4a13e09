package io.tyer.servers.etcd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one member is to be started.
 *
 * @param directory in which it works, and prints
 * @param data where it keeps its data
 * @param name its name in the cluster
 * @param host where it is reached by clients and the others
 * @param port where it listens for clients
 * @param runOn what a command begins with to be run on its host; empty for this one
 * @param options beyond where it listens and whom it belongs to
 */
record EtcdPlan(
    Path directory,
    Path data,
    String name,
    String host,
    int port,
    List<String> runOn,
    EtcdOptions options) {

  /** The port that {@link io.tyer.servers.process.Ports} keeps for the same server. */
  private static final int PEER = 10_000;

  /** On this host. */
  static EtcdPlan here(Path directory, String name, int port, EtcdOptions options) {
    return new EtcdPlan(
        directory, directory.resolve("data"), name, "127.0.0.1", port, List.of(), options);
  }

  private String client() {
    return (options.tls().isPresent() ? "https://" : "http://") + host + ":" + port;
  }

  int peerPort() {
    return port + PEER;
  }

  private String peer() {
    return "http://" + host + ":" + peerPort();
  }

  /** What starts it. */
  List<String> command(Path program, List<EtcdPlan> all) {
    List<String> command = new ArrayList<>(runOn);
    command.add(program.toString());
    command.addAll(
        List.of(
            "--name=" + name,
            "--data-dir=" + data,
            "--listen-client-urls=" + client(),
            "--advertise-client-urls=" + client(),
            "--listen-peer-urls=" + peer(),
            "--initial-advertise-peer-urls=" + peer(),
            "--initial-cluster="
                + all.stream()
                    .map(one -> one.name() + "=" + one.peer())
                    .collect(Collectors.joining(",")),
            "--initial-cluster-token=tyer",
            "--initial-cluster-state=new",
            "--log-level=error"));
    command.addAll(options.arguments());
    return command;
  }
}
