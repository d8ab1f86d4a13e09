package io.tyer.testkit.torture;

import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Cut;
import java.io.IOException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Hosts of workers which reach the store through a port of this host, each through its own. */
final class ProxiedHosts implements ClientHosts, AutoCloseable {

  private final Netns hosts;
  private final IntUnaryOperator ports;

  /**
   * Workers' hosts.
   *
   * @param ports the port of each
   */
  ProxiedHosts(Netns hosts, IntUnaryOperator ports) {
    this.hosts = hosts;
    this.ports = ports;
  }

  @Override
  public List<String> runOn(int client) {
    return hosts.runOn(client);
  }

  @Override
  public String hereFor(int client) {
    return hosts.gatewayOf(client);
  }

  @Override
  public Cut cutOff(int client, boolean out, boolean in) throws IOException, InterruptedException {
    return hosts.cut(client, ports.applyAsInt(client), out, in);
  }

  @Override
  public void close() {
    hosts.close();
  }
}
