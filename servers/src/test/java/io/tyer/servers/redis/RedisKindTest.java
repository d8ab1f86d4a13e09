package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisKindTest {

  @TempDir private Path directory;

  private RedisServer start(String kind) throws IOException {
    return (RedisServer) Kinds.kind(kind).start(directory);
  }

  @Test
  void aServerStartsThatNobodyElseUses() throws IOException {
    try (RedisServer server = start("redis");
        RedisServer other = (RedisServer) Kinds.kind("redis").start(directory.resolve("other"))) {
      server.node().ask("SET", "a", "1");
      assertThat(other.node().ask("GET", "a")).isEqualTo("");
      InetSocketAddress endpoint = server.endpoint().orElseThrow();
      assertThat(server.address()).isEqualTo("redis://127.0.0.1:" + endpoint.getPort());
      assertThat(server.addressAt("h", 1)).isEqualTo("redis://h:1");
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws IOException {
    try (RedisServer server = start("redis")) {
      String address = server.address();
      long pid = server.pid().orElseThrow();
      for (int i = 0; i < 100; i++) {
        server.node().ask("SET", "key " + i, "value " + i);
      }
      server.kill();
      assertThat(ProcessHandle.of(pid)).isEmpty();
      assertThat(server.pid()).isEmpty();
      assertThatThrownBy(server::look).isInstanceOf(IOException.class);
      server.kill();
      server.start();
      assertThat(server.address()).isEqualTo(address);
      assertThat(server.pid()).isPresent();
      for (int i = 0; i < 100; i++) {
        assertThat(server.node().ask("GET", "key " + i)).isEqualTo("value " + i);
      }
      long again = server.pid().orElseThrow();
      server.start();
      assertThat(server.pid()).hasValue(again);
    }
  }

  @Test
  void aVolatileServerLosesAllByAKill() throws IOException {
    try (RedisServer server = start("redis-volatile")) {
      String address = server.address();
      server.node().ask("SET", "a", "1");
      server.kill();
      server.start();
      assertThat(server.address()).isEqualTo(address);
      assertThat(server.node().ask("DBSIZE")).isEqualTo(0L);
    }
  }

  @Test
  void aPausedServerAnswersWhenItIsResumed() throws IOException {
    try (RedisServer server = start("redis-volatile")) {
      server.node().pause();
      assertThatThrownBy(() -> server.node().ask("PING")).isInstanceOf(IOException.class);
      server.node().resume();
      assertThat(server.node().ask("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void whatIsClosedIsGoneAndDoesNotComeBack() throws IOException {
    RedisServer server = start("redis-volatile");
    long pid = server.pid().orElseThrow();
    server.close();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThatThrownBy(server::start).isInstanceOf(IOException.class);
    server.close();
  }

  @Test
  void aServerThatDoesNotStartShowsItsLog() {
    Kinds.kind("redis");
    assertThatThrownBy(
            () -> RedisServer.start(directory, List.of("no-such-option yes"), Map.of()).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("Bad directive");
  }
}
