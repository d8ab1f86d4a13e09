package io.tyer.testkit.torture;

import io.tyer.testkit.host.Command;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.host.Networks;
import io.tyer.testkit.host.Removal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts of their own for workers: network namespaces, each joined to this host by a cable of its
 * own. Needs root, iproute2 and iptables.
 */
final class Netns implements AutoCloseable {

  private static final String NET = "10.78.";

  private final String prefix;

  /** As many as have addresses in one network, four for each. */
  private static final int MOST_HOSTS = 60;

  private final int network;
  private int hosts;

  /** The process's id makes names and addresses unique among the runs of this host. */
  private Netns() throws IOException {
    long pid = ProcessHandle.current().pid();
    this.prefix = "tt" + pid;
    this.network = Networks.free(NET);
  }

  static Netns create(int hosts) throws IOException, InterruptedException {
    if (hosts > MOST_HOSTS) {
      throw new IllegalArgumentException(
          "at most "
              + MOST_HOSTS
              + " workers can be hosts of their own, not "
              + hosts
              + "; leave out the fault "
              + FaultKind.PARTITION.label());
    }
    Netns net = new Netns();
    try {
      for (int i = 0; i < hosts; i++) {
        net.add(i);
      }
      return net;
    } catch (IOException | InterruptedException e) {
      net.close();
      throw e;
    }
  }

  private void add(int host) throws IOException, InterruptedException {
    String name = name(host);
    String there = prefix + "n" + host;
    Command.run("ip", "netns", "add", name);
    try {
      Command.run(
          "ip", "link", "add", cable(host), "type", "veth", "peer", "name", there, "netns", name);
    } catch (IOException | InterruptedException e) {
      Command.run("ip", "netns", "del", name);
      throw e;
    }
    hosts = host + 1;
    Command.run("ip", "addr", "add", gatewayOf(host) + "/30", "dev", cable(host));
    Command.run("ip", "link", "set", cable(host), "up");
    Command.run("ip", "-n", name, "addr", "add", addressOf(host) + "/30", "dev", there);
    Command.run("ip", "-n", name, "link", "set", there, "up");
    Command.run("ip", "-n", name, "link", "set", "lo", "up");
  }

  private String cable(int host) {
    return prefix + "h" + host;
  }

  private String name(int host) {
    return prefix + "-" + host;
  }

  /** This host's address as seen from there. */
  String gatewayOf(int host) {
    return NET + network + "." + (4 * host + 1);
  }

  private String addressOf(int host) {
    return NET + network + "." + (4 * host + 2);
  }

  /** What a command begins with to be run there. */
  List<String> runOn(int host) {
    return List.of("ip", "netns", "exec", name(host));
  }

  /** From here on nothing leaves that host for this port, nor comes from it, as is asked for. */
  Cut cut(int host, int port, boolean out, boolean in) throws IOException, InterruptedException {
    rules(host, "-A", port, out, in);
    return () -> rules(host, "-D", port, out, in);
  }

  private void rules(int host, String change, int port, boolean out, boolean in)
      throws IOException, InterruptedException {
    if (out) {
      rule(host, change, "OUTPUT", "--dport", port);
    }
    if (in) {
      rule(host, change, "INPUT", "--sport", port);
    }
  }

  private void rule(int host, String change, String chain, String side, int port)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(runOn(host));
    words.addAll(
        List.of(
            "iptables",
            "-w",
            change,
            chain,
            "-p",
            "tcp",
            side,
            Integer.toString(port),
            "-j",
            "DROP"));
    Command.run(words);
  }

  /** Takes all hosts away; processes that still run there keep running, without a network. */
  @Override
  public void close() {
    Removal removal = new Removal();
    for (int host = hosts - 1; host >= 0; host--) {
      // The cable first: with its namespace it would go only some time later.
      removal.run("ip", "link", "del", cable(host));
      removal.run("ip", "netns", "del", name(host));
    }
    hosts = 0;
    removal.complete();
  }
}
