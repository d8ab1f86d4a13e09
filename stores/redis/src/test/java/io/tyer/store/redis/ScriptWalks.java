package io.tyer.store.redis;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.LineView;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreSession;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.Asked;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store for random walks, asked without an engine; each walk has a line of its own. */
final class ScriptWalks implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final LineStore store;
  private final RedisClient client;
  private final RedisCommands<String, String> server;
  private int walks;
  private int longest;
  private int severalMet;
  private String sessions = "";

  ScriptWalks(String address) {
    store =
        new RedisStoreProvider()
            .open(
                StoreAddress.parse(address),
                new Settings(surroundings, Duration.ofMinutes(10), TIMEOUT, TIMEOUT));
    client = RedisClient.create(address);
    server = client.connect().sync();
  }

  /** A random walk; answers how many steps it had. */
  int walk(String label, Random random, int steps, int enterPercent, int diePercent)
      throws Exception {
    LockName name = LockName.of("walk " + walks++);
    ScriptWalk walk = new ScriptWalk(this, name, label, random, enterPercent, diePercent);
    for (int i = 0; i < steps; i++) {
      walk.step();
      longest = Math.max(longest, walk.length());
    }
    walk.awaitMessages();
    walk.end();
    return steps;
  }

  int longest() {
    return longest;
  }

  /** A script has met several dead tickets at once. */
  void severalMet() {
    severalMet++;
  }

  int timesSeveralMet() {
    return severalMet;
  }

  /** A session and what it has been told. */
  record Told(StoreSession session, Set<RequestId> granted) {}

  Told open() throws Exception {
    Set<RequestId> granted = ConcurrentHashMap.newKeySet();
    SessionEvents events =
        new SessionEvents() {
          @Override
          public void granted(LockName name, RequestId request, long number) {
            granted.add(request);
          }

          @Override
          public void changed(LockName name) {}

          @Override
          public void changedAnywhere() {}

          @Override
          public void ended(String why) {}
        };
    SessionRequest request =
        new SessionRequest(
            SessionSecret.random(surroundings), Duration.ofMinutes(10), "walk", Bearers.none());
    return new Told(Asked.answer(reply -> store.open(request, events, reply)), granted);
  }

  /** The session's time is over, and nobody has noticed yet. */
  void letDie(SessionId session) {
    for (String who : server.zrange(sessions(), 0, -1)) {
      if (who.startsWith(session.toString())) {
        server.zadd(sessions(), 1, who);
        return;
      }
    }
    throw new AssertionError("no session " + session);
  }

  /** What scripts go by: how many tickets are exclusive and the weight of the others, if noted. */
  @Nullable String summary(LockName name) {
    String line = sessions().replaceFirst("sessions$", "line:" + name.text());
    String first = server.zrangebyscore(line, Range.create(0, 0)).stream().findFirst().orElse(null);
    return first == null ? null : first.replaceFirst("^H (\\d+ \\d+) .*$", "$1");
  }

  private String sessions() {
    if (sessions.isEmpty()) {
      sessions = server.keys("*:sessions").get(0);
    }
    return sessions;
  }

  int revoke(LockName name, OptionalLong number, boolean now) throws Exception {
    return Asked.answer(reply -> store.revoke(name, number, now, reply));
  }

  List<LineView> list(LockName name) throws Exception {
    return Asked.answer(reply -> store.list(name.text(), reply));
  }

  @Override
  public void close() {
    client.shutdown();
    store.close();
    surroundings.close();
  }
}
