package io.tyer.testkit.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts of their own on one bridge, on which this host is, too: network namespaces that reach each
 * other and this host at addresses of their own. Needs root, iproute2 and iptables.
 */
public final class BridgedHosts implements AutoCloseable {

  private static final String NET = "10.79.";
  private static final int HERE = 254;
  private static final int MOST_HOSTS = 100;

  /** Several of a process have names of their own. */
  private static final AtomicInteger MADE = new AtomicInteger();

  private final String prefix =
      "tb" + ProcessHandle.current().pid() + (char) ('a' + MADE.getAndIncrement() % 26);
  private final int network;
  private final List<String> names = new ArrayList<>();
  private boolean bridged;

  private BridgedHosts() throws IOException {
    this.network = Networks.free(NET);
  }

  /**
   * Makes that many.
   *
   * @throws IOException if they cannot be made here; then nothing is left of them
   */
  public static BridgedHosts create(int hosts) throws IOException, InterruptedException {
    BridgedHosts made = new BridgedHosts();
    try {
      made.bridge();
      made.add(hosts);
      return made;
    } catch (IOException | InterruptedException e) {
      made.close();
      throw e;
    }
  }

  private void bridge() throws IOException, InterruptedException {
    Command.run("ip", "link", "add", prefix, "type", "bridge");
    bridged = true;
    Command.run("ip", "addr", "add", addressHere() + "/24", "dev", prefix);
    Command.run("ip", "link", "set", prefix, "up");
  }

  /**
   * Makes that many more.
   *
   * @throws IOException if they cannot be made here; some of them may be there then
   */
  public void add(int hosts) throws IOException, InterruptedException {
    int most = names.size() + hosts;
    if (most > MOST_HOSTS) {
      throw new IllegalArgumentException("at most " + MOST_HOSTS + " hosts, not " + most);
    }
    while (names.size() < most) {
      addOne(names.size());
    }
  }

  private void addOne(int host) throws IOException, InterruptedException {
    String name = prefix + "-" + host;
    String port = prefix + "p" + host;
    String there = prefix + "n" + host;
    Command.run("ip", "netns", "add", name);
    names.add(name);
    Command.run("ip", "link", "add", port, "type", "veth", "peer", "name", there, "netns", name);
    Command.run("ip", "link", "set", port, "master", prefix, "up");
    Command.run("ip", "-n", name, "addr", "add", addressOf(host) + "/24", "dev", there);
    Command.run("ip", "-n", name, "link", "set", there, "up");
    Command.run("ip", "-n", name, "link", "set", "lo", "up");
  }

  /** Where the others, and this host, reach it. */
  public String addressOf(int host) {
    return NET + network + "." + (host + 1);
  }

  /** Where they reach this host. */
  public String addressHere() {
    return NET + network + "." + HERE;
  }

  /** What a command begins with to be run there. */
  public List<String> runOn(int host) {
    return List.of("ip", "netns", "exec", names.get(host));
  }

  /**
   * From here on a host sends nothing to that address, nor takes anything from it, as is asked for.
   */
  public Cut cut(int host, String address, boolean out, boolean in)
      throws IOException, InterruptedException {
    List<List<String>> rules = new ArrayList<>();
    if (out) {
      rules.add(List.of("OUTPUT", "-d", address));
    }
    if (in) {
      rules.add(List.of("INPUT", "-s", address));
    }
    for (List<String> rule : rules) {
      change(host, "-A", rule);
    }
    return () -> {
      for (List<String> rule : rules) {
        change(host, "-D", rule);
      }
    };
  }

  private void change(int host, String how, List<String> rule)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(runOn(host));
    words.addAll(List.of("iptables", "-w", how));
    words.addAll(rule);
    words.addAll(List.of("-j", "DROP"));
    Command.run(words);
  }

  /** Takes all hosts away; processes that still run there keep running, without a network. */
  @Override
  public void close() {
    Removal removal = new Removal();
    for (int host = names.size() - 1; host >= 0; host--) {
      // The cable first: with its namespace it would go only some time later.
      removal.run("ip", "link", "del", prefix + "p" + host);
      removal.run("ip", "netns", "del", names.get(host));
    }
    names.clear();
    if (bridged) {
      bridged = false;
      removal.run("ip", "link", "del", prefix);
    }
    removal.complete();
  }
}
