package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of what these tests write by hand, by the layout of the store's keys. */
final class RedisLookTest {

  private static final String WHO = "0123456789abcdef0123456789abcdef.3000";
  private static final String OTHER = "ffffffffffffffffffffffffffffffff.500";
  private static final String REQUEST = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @TempDir private Path directory;
  private RedisServer server;

  @BeforeEach
  void start() throws IOException {
    server = (RedisServer) Kinds.kind("redis-volatile").start(directory);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private void ask(String... command) throws IOException {
    server.node().ask(command);
  }

  private void session(String who) throws IOException {
    ask("ZADD", "tyer:{0}:sessions", "1700000000000", who);
    ask("HSET", "tyer:{0}:session:" + who, "key", "00", REQUEST + "1", "7 some name");
  }

  private void ticket(String name, int number, String who) throws IOException {
    String member = REQUEST + number + " " + who + " 1 1 1 17 an owner with blanks";
    ask("ZADD", "tyer:{0}:line:" + name, Integer.toString(number), member);
  }

  private List<String> litter() throws IOException {
    return server.look().litter();
  }

  @Test
  void nothingIsSeenOfAStoreThatNobodyUses() throws IOException {
    assertThat(server.look().isEmpty()).isTrue();
    ask("HSET", "tyer:{0}:floor", "format", "1", "0123456789abcdef", "12");
    ask("SET", "somebody else's", "1");
    assertThat(server.look().isEmpty()).isTrue();
  }

  @Test
  void ticketsAndSessionsAreCounted() throws IOException {
    session(WHO);
    session(OTHER);
    ticket("a", 1, WHO);
    ticket("a", 2, OTHER);
    ticket("line:of {all} things: ü\n*", 3, WHO);
    ask("ZADD", "tyer:{0}:line:a", "0", "H 1 2 3");
    ask("ZADD", "tyer:{0}:line:kept", "0", "H 0 0 0");
    Contents contents = server.look();
    assertThat(contents.tickets())
        .isEqualTo(new TreeMap<>(Map.of("a", 2, "kept", 0, "line:of {all} things: ü\n*", 1)));
    assertThat(contents.sessions()).isEqualTo(2);
    assertThat(contents.litter()).isEmpty();
  }

  @Test
  void aTicketOfNoSessionIsLitter() throws IOException {
    session(WHO);
    ticket("a", 1, OTHER);
    assertThat(litter()).singleElement().asString().contains("line of a", OTHER, "no session");
    assertThat(server.look().tickets("a")).isEqualTo(1);
  }

  @Test
  void aSessionThatIsNotAmongTheSessionsIsLitter() throws IOException {
    session(WHO);
    ask("ZREM", "tyer:{0}:sessions", WHO);
    assertThat(litter()).singleElement().asString().contains("session:" + WHO);
    assertThat(server.look().sessions()).isZero();
  }

  @Test
  void aKeyThatIsNoneOfTheLayoutIsLitter() throws IOException {
    ask("SET", "tyer:other", "1");
    ask("SET", "tyer:{0}:liner:a", "1");
    ask("SET", "tyer:{0}:line:a", "1");
    assertThat(litter())
        .containsExactlyInAnyOrder(
            "key tyer:other", "key tyer:{0}:liner:a", "key tyer:{0}:line:a of type string");
  }

  @Test
  void aLineWithSomethingElseThanTicketsCannotBeRead() throws IOException {
    ask("ZADD", "tyer:{0}:line:a", "4", "nobody");
    assertThatThrownBy(server::look)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line of a");
  }

  @Test
  void aChannelIsLitterOnceItsSessionIsGone() throws IOException {
    session(WHO);
    try (Socket subscriber =
        new Socket(InetAddress.getLoopbackAddress(), server.node().address().getPort())) {
      String command = "SUBSCRIBE tyer:{0}:inbox:" + WHO + " tyer:else elsewhere\r\n";
      subscriber.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
      assertThat(subscriber.getInputStream().read()).isEqualTo('*');
      assertThat(litter()).containsExactly("channel tyer:else");
      ask("DEL", "tyer:{0}:sessions", "tyer:{0}:session:" + WHO);
      assertThat(litter())
          .containsExactlyInAnyOrder(
              "channel tyer:else", "channel tyer:{0}:inbox:" + WHO + " of no session");
    }
  }
}
