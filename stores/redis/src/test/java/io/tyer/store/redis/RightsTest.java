package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.servers.redis.RedisServer;
import io.tyer.spi.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, passwords and rights: what is missing is named when the store is opened. */
@SuppressWarnings("NonFinalStaticField") // set once, before all
@Timeout(120)
class RightsTest {

  private static final String SECRET = "s3cret-of-ours";

  /** What docs/stores/redis.md says. */
  private static final List<String> NEEDED =
      List.of(
          "eval",
          "evalsha",
          "info",
          "subscribe",
          "publish",
          "time",
          "hget",
          "hincrby",
          "del",
          "exists",
          "hset",
          "hdel",
          "hmget",
          "hgetall",
          "hrandfield",
          "zadd",
          "zrem",
          "zscore",
          "zrank",
          "zcard",
          "zrange",
          "zrevrange",
          "zrangebyscore",
          "zremrangebyscore");

  @TempDir static Path directory;

  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    server = Started.server(directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void user(String name, List<String> rights, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("ACL", "SETUSER", name, "reset", "on", ">" + SECRET, "resetchannels"));
    command.addAll(List.of("~tyer:*", "&tyer:*"));
    rights.forEach(right -> command.add("+" + right));
    command.addAll(List.of(more));
    assertThat(server.node().ask(command.toArray(String[]::new))).isEqualTo("OK");
  }

  private static String bare(String credentials) {
    return "redis://" + credentials + "@127.0.0.1:" + server.node().address().getPort();
  }

  private static String address(String credentials, String path) {
    return bare(credentials) + path + "?connect-timeout=60s&operation-timeout=60s";
  }

  private static void use(String address) throws Exception {
    try (Tyer tyer = Tyer.open(address)) {
      try (Lease lease = tyer.lock("a").acquire()) {
        assertThat(lease.token()).isPositive();
      }
      try (Lease one = tyer.semaphore("s", 3).acquire();
          Lease other = tyer.semaphore("s", 3).acquire()) {
        assertThat(tyer.operator().locks("")).isNotEmpty();
        assertThat(one.token()).isNotEqualTo(other.token());
      }
    }
  }

  private static Throwable refused(String address) {
    Throwable failure = catchThrowable(() -> use(address));
    assertThat(failure).isInstanceOf(StoreRefusedException.class);
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(SECRET).doesNotContain("wr0ng");
    return failure;
  }

  @Test
  void theDocumentedRightsAreEnough() throws Exception {
    user("enough", NEEDED);
    server.node().ask("ACL", "LOG", "RESET");
    use(address("enough:" + SECRET, ""));
    assertThat((List<?>) server.node().ask("KEYS", "tyer:*")).hasSize(1);
  }

  @Test
  void eachOfThemIsMissedWhenTheStoreIsOpened() throws Exception {
    for (String right : NEEDED) {
      List<String> rights = new ArrayList<>(NEEDED);
      rights.remove(right);
      user("lacks", rights);
      server.node().ask("SCRIPT", "FLUSH");
      Throwable failure =
          catchThrowable(
              () -> {
                try (BareStore store = new BareStore(bare("lacks:" + SECRET))) {
                  BareStore.Session unused = store.open();
                }
              });
      assertThat(failure).as(right).isInstanceOf(StoreException.class);
      assertThat(((StoreException) failure).kind())
          .as("without %s: %s", right, failure)
          .isEqualTo(StoreException.Kind.REFUSED);
      assertThat(failure).as(right).hasMessageContaining("may not do what locks need");
      if (!List.of("time", "exists", "zscore").contains(right)) {
        assertThat(failure.toString().toLowerCase(Locale.ROOT)).contains(right);
      }
      assertThat(server.look().isEmpty()).as("%s: nothing was left", right).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"~other:*", "&other:*"})
  void keysAndChannelsOfOthersAreNotEnough(String pattern) throws Exception {
    user("elsewhere", NEEDED, pattern.startsWith("~") ? "resetkeys" : "resetchannels", pattern);
    assertThat(refused(address("elsewhere:" + SECRET, "")))
        .hasMessageContaining("may not do what locks need");
  }

  @ParameterizedTest
  @CsvSource({
    "enough:wr0ng, the password in the address is wrong",
    "nobody:wr0ng, the password in the address is wrong",
    ":wr0ng, refused",
  })
  void wrongCredentialsAreNamed(String credentials, String said) throws Exception {
    user("enough", NEEDED);
    Throwable failure = refused(address(credentials, ""));
    if (!said.equals("refused")) {
      assertThat(failure).hasMessageContaining(said);
    }
  }

  /** On a busy machine 3 in 100 were told that the connection had closed prematurely. */
  @Test
  void aRefusalIsNotTakenForALostConnection() throws Exception {
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                for (int attempt = 0; attempt < 150; attempt++) {
                  Throwable unused = refused(address(":wr0ng", ""));
                }
              },
              task -> new Thread(task).start()));
    }
    for (CompletableFuture<Void> client : clients) {
      client.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aMissingPasswordIsNamed() throws Exception {
    try (RedisServer closed =
        Started.configured(directory.resolve("closed"), Map.of(), "maxclients 100")) {
      Object unused = closed.node().ask("CONFIG", "SET", "requirepass", SECRET);
      String at = "127.0.0.1:" + closed.node().address().getPort();
      String timeouts = "?connect-timeout=60s&operation-timeout=60s";
      assertThat(refused("redis://" + at + timeouts)).hasMessageContaining("wants a password");
      assertThat(refused("redis://:wr0ng@" + at + timeouts))
          .hasMessageContaining("the password in the address is wrong");
      use("redis://:" + SECRET + "@" + at + timeouts);
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws Exception {
    user("enough", NEEDED, "+select");
    use(address("enough:" + SECRET, "/3"));
    assertThat(refused(address("enough:" + SECRET, "/99")))
        .hasMessageContaining("no database of this number");
  }

  @Test
  void aNodeOfAClusterAndAServerAloneAreToldApart() throws Exception {
    String alone = "redis-cluster://127.0.0.1:" + server.node().address().getPort();
    assertThat(catchThrowable(() -> use(alone + "?connect-timeout=60s&operation-timeout=60s")))
        .isInstanceOf(TyerException.class)
        .hasMessageContaining("redis://");
    try (RedisServer node =
        Started.configured(directory.resolve("node"), Map.of(), "cluster-enabled yes")) {
      assertThat(refused(node.address() + "?connect-timeout=60s&operation-timeout=60s"))
          .hasMessageContaining("redis-cluster://");
    }
  }
}
