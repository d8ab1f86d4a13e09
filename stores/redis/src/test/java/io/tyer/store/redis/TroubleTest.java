package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tyer.servers.redis.RedisServer;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests when the server is not itself. */
@Timeout(120)
class TroubleTest {

  private static final String MUCH =
      "for i = 1, 1500 do redis.call('SET', 'key:' .. i, string.rep('x', 40000)) end";

  @TempDir private Path directory;

  private static StoreException failure(ThrowingCallable request) {
    StoreException failure = catchThrowableOfType(StoreException.class, request);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private static void refused(ThrowingCallable request, String... said) {
    StoreException failure = failure(request);
    assertThat(failure).hasMessageContainingAll(said);
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
  }

  private static boolean isEmpty(RedisServer server) throws IOException {
    Contents contents = server.look();
    return contents.isEmpty();
  }

  // ---- scripts

  @Test
  void scriptsThatTheServerForgetsAreSentAgain() throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> flushing =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  try {
                    Object unused = server.node().ask("SCRIPT", "FLUSH");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              });
      long last = 0;
      for (int i = 0; i < 300; i++) {
        long number = session.number("a");
        assertThat(number).isGreaterThan(last);
        last = number;
      }
      over.set(true);
      flushing.get();
      assertThat(session.end()).isTrue();
      assertThat(isEmpty(server)).isTrue();
    }
  }

  @Test
  void aServerBusyWithSomebodysScriptIsUnreachable() throws Exception {
    try (RedisServer server = Started.configured(directory, Map.of(), "lua-time-limit 50");
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      CompletableFuture<Object> loop =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.node().ask("EVAL", "while true do end", "0");
                } catch (IOException e) {
                  return e;
                }
              });
      Await.until("busy", () -> busy(server));
      assertThat(failure(() -> session.enter("a")))
          .hasMessageContaining("busy")
          .extracting(StoreException::kind)
          .isEqualTo(Kind.UNREACHABLE);
      try (BareStore late = new BareStore(server.address())) {
        assertThat(failure(late::open))
            .hasMessageContaining("busy")
            .extracting(StoreException::kind)
            .isEqualTo(Kind.UNREACHABLE);
      }
      Object unused = server.node().ask("SCRIPT", "KILL");
      assertThat(loop.get()).isInstanceOf(IOException.class);
      assertThat(session.enter("a").state()).isInstanceOf(TicketState.Granted.class);
    }
  }

  private static boolean busy(RedisServer server) {
    try {
      Object unused = server.node().ask("PING");
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("BUSY");
    }
  }

  // ---- processes and connections

  @Test
  void aRequestUnderWayWhenTheServerIsKilledIsUnknown() throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      server.node().pause();
      CompletableFuture<Object> entering =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return session.enter("a");
                } catch (Exception e) {
                  return e;
                }
              });
      BareStore.pause(200);
      assertThat(entering).isNotDone();
      server.kill();
      assertThat(entering.get())
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
      assertThat(failure(() -> session.enter("a")).kind()).isEqualTo(Kind.UNREACHABLE);
      server.start();
      Await.until("reached again", () -> reached(store));
      assertThat(failure(() -> session.enter("a")).kind()).isEqualTo(Kind.SESSION_DEAD);
    }
  }

  private static boolean reached(BareStore store) throws Exception {
    try {
      return store.open().end();
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
      return false;
    }
  }

  @Test
  void connectionsThatAnOperatorKillsAreMadeAgain() throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      BareStore.Session.Taken taken = session.enter("a");
      for (int i = 0; i < 5; i++) {
        assertThat(server.node().ask("CLIENT", "KILL", "TYPE", "normal")).isNotEqualTo(0L);
        Await.until("asked again", () -> granted(session, taken));
        int before = store.gaps();
        assertThat(server.node().ask("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(1L);
        Await.until("told that messages may have been lost", () -> store.gaps() > before);
      }
      assertThat(session.leave(taken)).isTrue();
    }
  }

  private static boolean granted(BareStore.Session session, BareStore.Session.Taken taken)
      throws Exception {
    try {
      return session.check(taken) instanceof TicketState.Granted;
    } catch (StoreException e) {
      assertThat(e.kind()).isIn(Kind.UNKNOWN, Kind.UNREACHABLE);
      return false;
    }
  }

  @Test
  void aServerThatIsLoadingIsUnreachable() throws Exception {
    try (RedisServer server =
        Started.configured(directory, Map.of(), "key-load-delay 2000", "rdbcompression no")) {
      Object unused = server.node().ask("EVAL", MUCH, "0");
      BareStore store = new BareStore(server.address());
      assertThat(store.open().end()).isTrue();
      Object saved = server.node().ask("SAVE");
      assertThat(saved).isEqualTo("OK");
      server.kill();
      CompletableFuture<Void> starting =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.start();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (store) {
        boolean[] seen = {false};
        Await.until("loaded", () -> reachedUnlessLoading(store, seen));
        assertThat(seen[0]).as("it was seen to load").isTrue();
      }
      starting.get();
    }
  }

  private static boolean reachedUnlessLoading(BareStore store, boolean[] loading) throws Exception {
    try {
      return store.open().end();
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
      loading[0] |= String.valueOf(e.getMessage()).contains("loading");
      return false;
    }
  }

  // ---- memory

  @Test
  void withoutMemoryNothingIsTakenAndAllCanBeGivenBack() throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      BareStore.Session other = store.open();
      BareStore.Session dies = store.open(Duration.ofSeconds(1));
      BareStore.Session.Taken held = session.enter("a");
      BareStore.Session.Taken waits = other.enter("a");
      BareStore.Session.Taken shared = session.enter("s", false);
      BareStore.Session.Taken behind = other.enter("s");
      BareStore.Session.Taken left = dies.enter("d");
      BareStore.Session.Taken next = other.enter("d");
      Object unused = server.node().ask("CONFIG", "SET", "maxmemory", "1");
      List<?> before = Started.keys(server);

      refused(() -> session.enter("b"), "maxmemory", "nothing was changed");
      refused(() -> session.enter("a"), "maxmemory");
      refused(store::open, "maxmemory");
      assertThat(new ArrayList<Object>(Started.keys(server))).hasSameElementsAs(before);

      for (BareStore.Session one : List.of(session, other)) {
        assertThat(one.beat()).isNotNull();
      }
      assertThat(session.weaken(held)).isInstanceOf(TicketState.Granted.class);
      assertThat(session.leave(held)).isTrue();
      assertThat(other.check(waits)).isInstanceOf(TicketState.Granted.class);
      assertThat(session.leave(shared)).isTrue();
      assertThat(other.check(behind)).isInstanceOf(TicketState.Granted.class);
      Await.until("who is dead is passed", () -> other.check(next) instanceof TicketState.Granted);
      assertThat(failure(() -> dies.check(left)).kind()).isEqualTo(Kind.SESSION_DEAD);
      assertThat(other.beat()).isNotNull();
      assertThat(session.end()).isTrue();
      assertThat(other.end()).isTrue();
      Await.until("nothing is left", () -> isEmpty(server));
    }
  }

  // ---- replicas

  @Test
  void aReplicaIsRefusedAndAMasterThatBecomesOneIsLeft() throws Exception {
    try (RedisServer server = Started.server(directory);
        RedisServer other = Started.server(directory.resolve("other"));
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      String port = Integer.toString(other.node().address().getPort());
      Object unused = server.node().ask("REPLICAOF", "127.0.0.1", port);
      assertThat(failure(() -> session.enter("a")))
          .hasMessageContaining("replica")
          .extracting(StoreException::kind)
          .isIn(Kind.UNREACHABLE, Kind.REFUSED);
      Await.until("refused", () -> failure(() -> session.enter("a")).kind() == Kind.REFUSED);
      try (BareStore fresh = new BareStore(server.address())) {
        refused(fresh::open, "read-only replica", "master");
      }
      Object again = server.node().ask("REPLICAOF", "NO", "ONE");
      assertThat(again).isEqualTo("OK");
      Await.until("usable again", () -> usable(store));
    }
  }

  private static boolean usable(BareStore store) throws Exception {
    try {
      return store.open().end();
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("replica");
      return false;
    }
  }

  // ---- keys that are somebody else's

  @ParameterizedTest
  @ValueSource(strings = {"floor", "sessions", "session", "line:a"})
  void aKeyOfAnotherTypeIsNamedAndNothingIsHalfDone(String which) throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      BareStore.Session.Taken taken = session.enter("a");
      String key =
          which.equals("session")
              ? (String) ((List<?>) server.node().ask("KEYS", "tyer:{0}:session:*")).get(0)
              : "tyer:{0}:" + which;
      Object kept = server.node().ask("RENAME", key, "kept");
      assertThat(kept).isEqualTo("OK");
      Object wrong = server.node().ask("LPUSH", key, "x");
      assertThat(wrong).isEqualTo(1L);
      String[] said = {"holds something else", "prefix"};
      if (which.equals("sessions")) {
        refused(session::beat, said);
      } else {
        refused(() -> session.enter(which.equals("floor") ? "b" : "a"), said);
      }
      if (which.equals("session") || which.equals("line:a")) {
        refused(() -> session.check(taken), said);
        refused(() -> session.leave(taken), said);
      }
      if (which.equals("floor") || which.equals("sessions")) {
        refused(store::open, said);
      }
      assertThat(server.node().ask("TYPE", key)).isEqualTo("list");
      Object back = server.node().ask("RENAME", "kept", key);
      assertThat(back).isEqualTo("OK");
      assertThat(session.check(taken)).isInstanceOf(TicketState.Granted.class);
      assertThat(session.leave(taken)).isTrue();
      assertThat(session.end()).isTrue();
      assertThat(isEmpty(server)).isTrue();
    }
  }

  @Test
  void aNewerFormatIsRefusedAndKept() throws Exception {
    try (RedisServer server = Started.server(directory);
        BareStore store = new BareStore(server.address())) {
      BareStore.Session session = store.open();
      String floor = "tyer:{0}:floor";
      Object newer = server.node().ask("HSET", floor, "format", "2");
      assertThat(newer).isEqualTo(0L);
      List<?> before = (List<?>) server.node().ask("HGETALL", floor);
      refused(store::open, "newer than this version");
      assertThat(server.node().ask("HGETALL", floor)).isEqualTo(before);
      Object older = server.node().ask("HSET", floor, "format", "1");
      assertThat(older).isEqualTo(0L);
      String run = ServerInfo.parse((String) server.node().ask("INFO")).run();
      Object last = server.node().ask("HSET", floor, run, "2251799813685247");
      assertThat(last).isEqualTo(0L);
      refused(() -> session.enter("a"), "no more numbers");
      refused(store::open, "no more numbers");
      assertThat(server.node().ask("HGET", floor, run)).isEqualTo("2251799813685247");
    }
  }
}
