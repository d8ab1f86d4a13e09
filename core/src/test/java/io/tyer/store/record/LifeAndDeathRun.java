package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run; the world's time passes between steps, and during slow calls. */
final class LifeAndDeathRun {

  private static final long TTL = Client.TTL_MILLIS;

  /** A client, what it wants, and what it may believe. */
  private final class Life {
    final Client client;
    final long pid;
    final FakeProcesses host;
    final LockName name = names.get(random.nextInt(names.size()));
    RequestId request;
    long number;
    boolean asked;
    boolean granted;

    /** When the request that proved the session alive was sent. */
    long provenMillis;

    Life(FakeProcesses host, long pid, long nanoOffset) {
      this.host = host;
      this.pid = pid;
      HandDriven machine =
          new HandDriven(world, nanoOffset, (random.nextInt(3) - 1) * TTL * random.nextInt(3));
      long sent = millis();
      host.starts.put(pid, pid);
      client = new Client(shelf, host.clock + " " + pid, machine, host);
      client.open(new Bearers(List.of(pid)));
      provenMillis = sent;
      request = client.request();
      client.medium.hook = new SlowAndFailing();
    }

    boolean believes() {
      return granted && millis() <= provenMillis + TTL;
    }
  }

  private final World world;
  private final Random random;
  private final Shelf shelf;
  private final List<LockName> names = List.of(LockName.of("a"), LockName.of("b"));
  private final List<FakeProcesses> hosts = new ArrayList<>();
  private final List<Long> hostClocks = new ArrayList<>();
  private final List<Life> lives = new ArrayList<>();
  private final Map<LockName, Long> lastGranted = new HashMap<>();
  private long pids = 100;
  private boolean calm;

  LifeAndDeathRun(long seed) {
    world = new World(seed);
    random = world.random;
    shelf = new Shelf(world, 1 + random.nextInt(2));
    for (String boot : List.of("boot 1", "boot 2")) {
      hosts.add(new FakeProcesses(boot, boot + "/pids"));
      hostClocks.add(random.nextLong() >> 2);
    }
  }

  private long millis() {
    return world.nanos() / 1_000_000;
  }

  void step() {
    world.passMillis(random.nextInt((int) (TTL / 8)));
    if (lives.size() < 2 || (lives.size() < 6 && random.nextInt(10) == 0)) {
      come();
    }
    Life life = lives.get(random.nextInt(lives.size()));
    switch (random.nextInt(14)) {
      case 0 -> crash(life);
      case 1 -> pauseAlone(life);
      case 2 -> go(life);
      case 3, 4, 5 -> move(life);
      default -> {
        for (Life each : List.copyOf(lives)) {
          if (millis() - each.provenMillis > TTL / 4) {
            beat(each);
          }
        }
        move(life);
      }
    }
    assertExclusion();
  }

  private void come() {
    int host = random.nextInt(hosts.size());
    lives.add(new Life(hosts.get(host), pids++, hostClocks.get(host)));
  }

  private void crash(Life life) {
    life.host.starts.remove(life.pid);
    lives.remove(life);
  }

  /** All others live on while it does nothing for up to two TTL. */
  private void pauseAlone(Life life) {
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      world.passMillis(TTL / 4);
      for (Life each : List.copyOf(lives)) {
        if (each != life) {
          beat(each);
          move(each);
          assertExclusion();
        }
      }
    }
  }

  private void go(Life life) {
    // If this fails halfway, the rest is left to be swept.
    life.client.end();
    crash(life);
  }

  private void beat(Life life) {
    life.client.bearers = new Bearers(List.of(life.pid));
    long sent = millis();
    Answer<BeatAnswer> answer = life.client.beat();
    life.client.machine.runIo();
    if (!answer.failed()) {
      life.provenMillis = Math.max(life.provenMillis, sent);
    } else if (answer.failure().kind() == Kind.SESSION_DEAD) {
      // Death is not decided before the TTL has passed, its process being there.
      assertThat(millis()).as("%s", this).isGreaterThan(life.provenMillis + TTL);
      lives.remove(life);
    }
  }

  private void move(Life life) {
    if (!lives.contains(life)) {
      return;
    }
    if (!life.asked || life.number == 0) {
      life.asked = true;
      Answer<TicketState> answer =
          life.client.enter(life.name, life.client.exclusive(life.request));
      hear(life, answer);
    } else if (!life.granted) {
      hear(life, life.client.check(life.name, life.request, life.number));
    } else if (random.nextInt(3) == 0) {
      leave(life);
    }
  }

  private void hear(Life life, Answer<TicketState> answer) {
    if (answer.failed()) {
      if (answer.failure().kind() == Kind.SESSION_DEAD) {
        lives.remove(life);
      }
      return;
    }
    TicketState state = answer.value();
    if (state instanceof TicketState.Granted granted) {
      life.number = granted.number();
      life.granted = true;
      if (life.believes()) {
        long before = lastGranted.getOrDefault(life.name, 0L);
        assertThat(life.number).as("%s", this).isGreaterThan(before);
        lastGranted.put(life.name, life.number);
      }
    } else if (state instanceof TicketState.Waiting waiting) {
      life.number = waiting.number();
    } else {
      // Dropped: it must have been taken for dead.
      assertThat(millis()).as("%s", this).isGreaterThan(life.provenMillis + TTL);
      lives.remove(life);
    }
  }

  private void leave(Life life) {
    life.granted = false;
    life.number = 0;
    life.asked = false;
    RequestId old = life.request;
    life.request = life.client.request();
    for (int i = 0; i < 100; i++) {
      if (!life.client.leave(life.name, old, 0).failed()) {
        return;
      }
    }
  }

  private void assertExclusion() {
    Map<LockName, SessionId> holders = new HashMap<>();
    for (Life life : lives) {
      if (life.believes()) {
        assertThat(holders.put(life.name, life.client.id())).as("%s", this).isNull();
      }
    }
  }

  void survivorsAreServedAndNothingIsLeft() throws MalformedRecordException {
    calm = true;
    for (int i = 0; i < 400 && !lives.isEmpty(); i++) {
      world.passMillis(TTL / 10);
      for (Life life : List.copyOf(lives)) {
        beat(life);
        move(life);
        assertExclusion();
        if (life.granted && life.client.end().value()) {
          lives.remove(life);
        }
      }
    }
    assertThat(lives).as("waiting for ever, %s", this).isEmpty();
    Life last = new Life(hosts.get(0), pids++, hostClocks.get(0));
    for (int i = 0; i < 40; i++) {
      world.passMillis(TTL / 10);
      beat(last);
    }
    last.client.end().value();
    assertThat(shelf.lines()).as("%s", this).isEmpty();
    assertThat(shelf.keys(RecordKey.Kind.SESSION)).as("%s", this).isEmpty();
    assertThat(shelf.inboxes).as("%s", this).isEmpty();
  }

  @Override
  public String toString() {
    return "seed " + world.seed;
  }

  private final class SlowAndFailing implements HookedMedium.Hook {
    @Override
    public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
      trouble(call);
    }

    @Override
    public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
      trouble(call);
    }

    private boolean isWrite(HookedMedium.Call call) {
      return call == HookedMedium.Call.REPLACE || call == HookedMedium.Call.REMOVE;
    }

    private void trouble(HookedMedium.Call call) throws StoreException {
      if (calm) {
        return;
      }
      int dice = random.nextInt(300);
      if (dice < 3) {
        world.passMillis(random.nextInt((int) TTL));
      } else if (dice < 8 && isWrite(call)) {
        throw HookedMedium.unknown();
      } else if (dice == 8 && !isWrite(call)) {
        throw HookedMedium.unreachable();
      }
    }
  }
}
