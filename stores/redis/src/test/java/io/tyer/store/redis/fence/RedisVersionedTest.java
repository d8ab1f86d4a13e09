package io.tyer.store.redis.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.StatefulRedisConnection;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.fence.Codec;
import io.tyer.fence.Version;
import io.tyer.fence.Versioned;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.versioned.VersionedContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // set before all
class RedisVersionedTest extends VersionedContract {

  private Clients clients;
  private List<StatefulRedisConnection<String, String>> connections;
  private int turn;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    clients = Clients.start(directory);
    connections = List.of(clients.connect(), clients.connect());
  }

  @AfterAll
  void stop() {
    if (clients != null) {
      clients.close();
    }
  }

  @Override
  protected <T> Versioned<T> open(String resource, Codec<T> codec) {
    return new RedisVersioned<>(connections.get(turn++ % 2), resource, codec);
  }

  /** The client library sends again, what it was not told of; and what was lost had its effect. */
  @Test
  void aLostReplyDoesNotCountTwice() throws Exception {
    Versioned<String> direct = open("lost", Codec.text());
    Version unused = direct.create("0").orElseThrow();
    try (FaultProxy proxy = FaultProxy.to(clients.server.node().address())) {
      Versioned<String> cut =
          new RedisVersioned<>(clients.connect(proxy.address()), "lost", Codec.text());
      AtomicInteger computed = new AtomicInteger();
      for (int i = 1; i <= 5; i++) {
        cut.update(
            now -> {
              computed.incrementAndGet();
              proxy.dropNextReply();
              return Integer.toString(Integer.parseInt(now.orElseThrow()) + 1);
            });
        assertThat(direct.read().orElseThrow().value()).isEqualTo(Integer.toString(i));
      }
      assertThat(computed).hasValue(5);
      assertThat(proxy.repliesDropped()).isEqualTo(5);
    }
  }

  /** Written, unanswered, and gone before anybody looked: nobody can tell. */
  @Test
  void whatNobodyCanTellIsToldAsUnknown() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(clients.server.node().address())) {
      StatefulRedisConnection<String, String> connection = clients.connect(proxy.address());
      Versioned<String> cut = new RedisVersioned<>(connection, "unknown", Codec.text());
      Version first = cut.create("a").orElseThrow();
      connection.setTimeout(Duration.ofMillis(200));
      proxy.mode(ProxyMode.BLACK_HOLE);
      assertThatThrownBy(() -> cut.replace(first, "b"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("unknown may have been written or not");
    }
  }

  @Test
  void aServerThatIsGoneIsUnreachable() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(clients.server.node().address())) {
      StatefulRedisConnection<String, String> connection = clients.connect(proxy.address());
      Versioned<String> cut = new RedisVersioned<>(connection, "gone", Codec.text());
      assertThat(cut.read()).isEmpty();
      proxy.mode(ProxyMode.REFUSE);
      proxy.resetAll();
      while (connection.isOpen()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> cut.create("a")).isInstanceOf(StoreUnreachableException.class);
      assertThatThrownBy(cut::read).isInstanceOf(StoreUnreachableException.class);
    }
    assertThat(open("gone", Codec.text()).read()).isEmpty();
  }

  @Test
  void whatIsNoVersionedValueIsLeftAlone() throws Exception {
    clients.commands().set("text", "x");
    clients.commands().hset("hash", "field", "x");
    for (String key : List.of("text", "hash")) {
      Versioned<String> versioned = open(key, Codec.text());
      assertThatThrownBy(() -> versioned.create("a"))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining(key);
    }
    assertThat(clients.commands().get("text")).isEqualTo("x");
    assertThat(clients.commands().hgetall("hash")).hasSize(1);
  }

  @Test
  void aScriptThatTheServerForgotIsSentAgain() throws Exception {
    Versioned<String> versioned = open("forgotten", Codec.text());
    versioned.update(now -> "a");
    clients.commands().scriptFlush();
    versioned.update(now -> now.orElseThrow() + "b");
    assertThat(versioned.read().orElseThrow().value()).isEqualTo("ab");
  }
}
