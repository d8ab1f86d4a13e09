package io.tyer.testkit.ordered;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.store.ordered.OrderedLineStore;
import io.tyer.store.ordered.OrderedMedium;
import io.tyer.testkit.ordered.OrderedFaults.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client of a walk: its store, a session at a time, and what it believes of its tickets. */
final class WalkClient {

  static final Duration TTL = Duration.ofSeconds(15);

  /** A request of this client's session. */
  static final class Wish {
    final LockName name;
    final Ask ask;

    /** Whether an attempt was not answered so that it is known what came of it. */
    boolean unknown;

    /** Whether it was last answered that it waits, and what it was told since. */
    boolean waits;

    boolean told;

    Wish(LockName name, Ask ask) {
      this.name = name;
      this.ask = ask;
    }

    RequestId request() {
      return ask.request();
    }
  }

  final InMemoryOrderedMedium medium;
  final OrderedLineStore store;
  final Map<RequestId, Wish> wishes = new HashMap<>();
  final List<LockName> recalled = new ArrayList<>();
  final List<LockName> changed = new ArrayList<>();

  /** What it was told that is not true. */
  final List<String> wrong = new ArrayList<>();

  private final HandTime machine;
  private final OrderedServer server;
  private final Set<RequestId> removed;
  private StoreSession session;
  private boolean ended;

  /**
   * A client with a session.
   *
   * @param removed requests of which an operator has removed the ticket
   * @param defect what is wrong with its medium
   */
  WalkClient(
      OrderedServer server,
      HandTime machine,
      OrderedFaults faults,
      Set<RequestId> removed,
      Optional<Defect> defect) {
    this.removed = removed;
    this.server = server;
    this.machine = machine;
    this.medium = new InMemoryOrderedMedium(server, machine, faults);
    OrderedMedium broken = defect.map(one -> one.of(medium, machine)).orElse(medium);
    StoreTraits traits =
        new StoreTraits(false, true, Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1));
    this.store = new OrderedLineStore(broken, machine, traits, Duration.ofSeconds(5));
    this.session = open();
  }

  /** Opens a session, by as many attempts as it takes. */
  StoreSession open() {
    wishes.clear();
    while (true) {
      SessionRequest request =
          new SessionRequest(SessionSecret.random(machine), TTL, "walk", Bearers.none());
      Told told = new Told();
      Outcome<StoreSession> opened = Outcome.of(reply -> store.open(request, told, reply));
      if (opened.done()) {
        session = opened.value();
        told.of = session.id();
        ended = false;
        return session;
      }
    }
  }

  StoreSession session() {
    return session;
  }

  SessionId id() {
    return session.id();
  }

  boolean ended() {
    return ended;
  }

  List<Wish> wishes() {
    return List.copyOf(wishes.values());
  }

  /** Hears what it is told, and believes no more than is true. */
  private final class Told implements SessionEvents {

    private @Nullable SessionId of;

    private boolean current() {
      return of != null && session.id().equals(of);
    }

    @Override
    public void granted(LockName name, RequestId request, long number) {
      if (!current()) {
        return;
      }
      Wish wish = wishes.get(request);
      if (wish != null) {
        if (!Truth.of(server, name).isGranted(number)
            && !removed.contains(request)
            && server.keepsNanos(session.id()) >= 0) {
          // Not thrown: it would be taken for a failure of the medium.
          wrong.add(request + " is told that " + number + " is granted in " + name);
        }
        wish.told = true;
      }
    }

    @Override
    public void changed(LockName name) {
      if (current()) {
        changed.add(name);
        wishes.values().stream().filter(w -> w.name.equals(name)).forEach(w -> w.told = true);
      }
    }

    @Override
    public void recalled(LockName name) {
      if (current()) {
        recalled.add(name);
      }
    }

    @Override
    public void changedAnywhere() {
      if (current()) {
        wishes.values().forEach(wish -> wish.told = true);
      }
    }

    @Override
    public void ended(String why) {
      if (current()) {
        ended = true;
      }
    }
  }

  /** What goes wrong, by dice. */
  static Fate roll(Random random, OrderedFaults.Call call) {
    return switch (random.nextInt(24)) {
      case 0 -> Fate.UNREACHABLE;
      case 1 -> Fate.LOST;
      case 2 -> Fate.ANSWER_LOST;
      case 3 -> call == OrderedFaults.Call.APPEND ? Fate.LATE : Fate.ANSWERED;
      case 4 -> Fate.SILENT;
      default -> Fate.ANSWERED;
    };
  }
}
