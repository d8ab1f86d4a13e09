package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.fault.LinkState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisProxiesTest {

  @TempDir private Path directory;

  /** A store's provider that nobody opens. */
  private static final class NoProvider implements LineStoreProvider {
    @Override
    public Set<String> schemes() {
      return Set.of();
    }

    @Override
    public LineStore open(StoreAddress address, Settings settings) {
      throw new UnsupportedOperationException("not opened here");
    }
  }

  private static Object askThrough(RedisProxies proxies, RedisNode node, String... command)
      throws IOException {
    return RedisClient.ask(proxies.at(node.address()), command);
  }

  @Test
  void eachNodeIsReachedThroughItsProxy() throws IOException {
    try (RedisSentinelServer server =
            (RedisSentinelServer) Kinds.kind("redis-sentinel").start(directory);
        RedisProxies proxies = RedisProxies.to(server)) {
      for (RedisNode node : server.nodes()) {
        assertThat(proxies.at(node.address())).isNotEqualTo(node.address());
        assertThat(proxies.before(node).address()).isEqualTo(proxies.at(node.address()));
        askThrough(proxies, node, "CLIENT", "SETNAME", "me");
        assertThat(askThrough(proxies, node, "CONFIG", "GET", "port").toString())
            .contains(Integer.toString(node.address().getPort()));
      }
      for (RedisNode sentinel : server.sentinels()) {
        assertThat(askThrough(proxies, sentinel, "PING")).isEqualTo("PONG");
      }
      InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      assertThatThrownBy(() -> proxies.at(elsewhere)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPlacesLinkBreaksToAllNodesAtOnceAndNobodyElses() throws IOException {
    try (RedisClusterServer cluster =
            (RedisClusterServer) Kinds.kind("redis-cluster").start(directory);
        RedisProxies proxies = RedisProxies.to(cluster);
        RedisProxies others = RedisProxies.to(cluster)) {
      RedisNode first = cluster.nodes().get(0);
      try (Seat seat =
          proxies.seat(
              detour -> {
                assertThat(detour.apply(first.address())).isEqualTo(proxies.at(first.address()));
                return new NoProvider();
              })) {
        seat.link(LinkState.REFUSING);
        for (RedisNode node : cluster.nodes()) {
          assertThatThrownBy(() -> askThrough(proxies, node, "PING"))
              .isInstanceOf(IOException.class);
          assertThat(askThrough(others, node, "PING")).isEqualTo("PONG");
        }
        seat.link(LinkState.SOUND);
        for (RedisNode node : cluster.nodes()) {
          assertThat(askThrough(proxies, node, "PING")).isEqualTo("PONG");
        }
      }
      assertThatThrownBy(() -> askThrough(proxies, first, "PING")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReplyIsLostByOneNodeOnlyAndTakesEffect() throws IOException {
    try (RedisClusterServer cluster =
            (RedisClusterServer) Kinds.kind("redis-cluster").start(directory);
        RedisProxies proxies = RedisProxies.to(cluster);
        Seat seat = proxies.seat(handed -> new NoProvider())) {
      RedisNode node = cluster.ownerOf(cluster.slotOf("a"));
      InetSocketAddress at = proxies.at(node.address());
      // Without a driver, whose greeting would be the next request.
      try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
        seat.resetNext();
        socket.getOutputStream().write("INCR a\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      }
      assertThat(seat.faultsStruck()).isEqualTo(1);
      for (RedisNode each : cluster.nodes()) {
        assertThat(askThrough(proxies, each, "PING")).isEqualTo("PONG");
      }
      assertThat(node.ask("GET", "a")).isEqualTo("1");
      assertThat(seat.faultsStruck()).isEqualTo(1);
    }
  }
}
