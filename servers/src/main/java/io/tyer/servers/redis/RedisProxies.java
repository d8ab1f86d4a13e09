package io.tyer.servers.redis;

import io.tyer.spi.LineStoreProvider;
import io.tyer.testkit.contract.ProxySeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A proxy before each node of a store, for one client's place. Nodes tell clients of each other, so
 * a client must ask for every address it is about to connect to where that is reached ({@link
 * #at}).
 */
public final class RedisProxies implements AutoCloseable {

  private final StoreServer server;
  private final Map<Integer, FaultProxy> proxies = new HashMap<>();
  private final List<RedisNode> stores;

  private RedisProxies(StoreServer server, List<RedisNode> stores, List<RedisNode> others)
      throws IOException {
    this.server = server;
    this.stores = stores;
    try {
      for (List<RedisNode> nodes : List.of(stores, others)) {
        for (RedisNode node : nodes) {
          proxies.put(node.address().getPort(), FaultProxy.to(node.address()));
        }
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** To one server alone. */
  public static RedisProxies to(RedisServer server) throws IOException {
    return new RedisProxies(server, List.of(server.node()), List.of());
  }

  /** To master and replicas, and to their sentinels. */
  public static RedisProxies to(RedisSentinelServer server) throws IOException {
    return new RedisProxies(server, server.nodes(), server.sentinels());
  }

  /** To all nodes of a cluster. */
  public static RedisProxies to(RedisClusterServer server) throws IOException {
    return new RedisProxies(server, server.nodes(), List.of());
  }

  /**
   * Where this node is reached.
   *
   * @throws IllegalArgumentException if no node is there
   */
  public InetSocketAddress at(InetSocketAddress node) {
    return proxyAt(node.getPort()).address();
  }

  /** The proxy before this node. */
  public FaultProxy before(RedisNode node) {
    return proxyAt(node.address().getPort());
  }

  private FaultProxy proxyAt(int port) {
    FaultProxy proxy = proxies.get(port);
    if (proxy == null) {
      throw new IllegalArgumentException(
          "no node listens at port " + port + ", but at " + proxies.keySet());
    }
    return proxy;
  }

  /**
   * A client's place behind these proxies: all links break at once, and a lost reply is a master's
   * or replica's, not a sentinel's. Closes the proxies when it is closed.
   *
   * @param provider makes a provider whose clients connect where {@link #at} says
   */
  public Seat seat(Function<UnaryOperator<InetSocketAddress>, LineStoreProvider> provider) {
    return seat(server.address(), provider);
  }

  /** The same with another address of the same store, such as one with options. */
  public Seat seat(
      String address, Function<UnaryOperator<InetSocketAddress>, LineStoreProvider> provider) {
    return new ProxySeat(
        address,
        provider.apply(this::at),
        List.copyOf(proxies.values()),
        stores.stream().map(this::before).toList());
  }

  @Override
  public void close() {
    proxies.values().forEach(FaultProxy::close);
  }
}
