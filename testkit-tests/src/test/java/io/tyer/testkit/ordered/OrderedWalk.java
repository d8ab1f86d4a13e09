package io.tyer.testkit.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import io.tyer.testkit.ordered.OrderedFaults.Call;
import io.tyer.testkit.ordered.OrderedFaults.Fate;
import io.tyer.testkit.ordered.WalkClient.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One random sequence of requests of three clients. Between any two calls of a request another
 * client's whole request may come, and any call may come to grief. Whatever is answered must be
 * true of the nodes as they are then; a request that nothing came between is answered exactly as
 * {@link Line} does.
 */
final class OrderedWalk {

  private static final List<LockName> NAMES = List.of(LockName.of("a"), LockName.of("b"));

  private final long seed;
  private final Random random;
  private final HandTime time;
  private final OrderedServer server;
  private final boolean losesWatches;
  private final List<WalkClient> clients = new ArrayList<>();
  private final Set<WalkClient> busy = new HashSet<>();

  /** Requests of which an operator has removed the ticket. */
  private final Set<RequestId> removed = new HashSet<>();

  private boolean calm;

  /** How often something came between or went wrong: a request during which it stays is quiet. */
  private int disturbances;

  private int quiet;
  private int overtaken;
  private int refused;
  private int told;

  OrderedWalk(long seed, OrderedFlavour flavour, Optional<Defect> defect) {
    this.seed = seed;
    // Of neighbours, Random draws nearly the same at first.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.time = new HandTime(random);
    this.server = new OrderedServer(time, flavour);
    this.losesWatches = random.nextInt(4) == 0;
    for (int i = 0; i < 3; i++) {
      Trouble trouble = new Trouble();
      WalkClient client = new WalkClient(server, time, trouble, removed, defect);
      trouble.of = client;
      clients.add(client);
    }
  }

  /** What goes wrong for a client, or comes between. */
  private final class Trouble implements OrderedFaults {
    private @Nullable WalkClient of;

    @Override
    public Fate fate(Call call) {
      if (calm || of == null) {
        return Fate.ANSWERED;
      }
      if (!busy.isEmpty() && busy.size() < 3 && random.nextInt(5) == 0) {
        disturbances++;
        overtaken++;
        request();
      }
      Fate fate = WalkClient.roll(random, call);
      disturbances += fate == Fate.ANSWERED ? 0 : 1;
      return fate;
    }

    @Override
    public boolean losesWatch() {
      return !calm && losesWatches && random.nextInt(4) == 0;
    }
  }

  // ---- steps

  void step() {
    time.pass(random.nextInt(400));
    request();
    assertThat(busy).isEmpty();
    for (WalkClient client : clients) {
      assertThat(client.wrong).as("%s", this).isEmpty();
      if (!losesWatches && !client.ended()) {
        client.wishes().forEach(this::assertTold);
      }
    }
  }

  /** Whoever waits is told when it does not any more. */
  private void assertTold(Wish wish) {
    if (wish.waits && !wish.told) {
      Line line = Truth.of(server, wish.name);
      assertThat(line.check(wish.request()))
          .as("%s: %s was told nothing, and stands in %s", this, wish.request(), line.tickets())
          .isNotInstanceOf(Line.Standing.Granted.class);
    }
    told += wish.waits && wish.told ? 1 : 0;
  }

  private void request() {
    List<WalkClient> free = clients.stream().filter(client -> !busy.contains(client)).toList();
    WalkClient client = free.get(random.nextInt(free.size()));
    busy.add(client);
    try {
      if (client.ended() || server.keepsNanos(client.id()) < 0) {
        client.open();
      }
      List<Wish> wishes = client.wishes();
      Wish wish = wishes.isEmpty() ? null : wishes.get(random.nextInt(wishes.size()));
      switch (wish == null ? random.nextInt(3) : random.nextInt(12)) {
        case 0, 1 -> enter(client, newWish(client), false);
        case 2 -> enter(client, newWish(client), true);
        case 3, 4, 5 -> leave(client, Objects.requireNonNull(wish));
        case 6, 7 -> check(client, Objects.requireNonNull(wish));
        case 8 -> weaken(client, Objects.requireNonNull(wish));
        case 9 -> revoke(client, NAMES.get(random.nextInt(NAMES.size())));
        case 10 -> beat(client);
        default -> rare(client, Objects.requireNonNull(wish));
      }
    } finally {
      busy.remove(client);
    }
  }

  private void rare(WalkClient client, Wish wish) {
    switch (random.nextInt(5)) {
      case 0 -> server.expire(client.id());
      case 1 -> client.medium.reconnect();
      case 2 -> client.medium.deliverLate();
      default -> enter(client, wish, random.nextBoolean());
    }
    disturbances++;
  }

  private Wish newWish(WalkClient client) {
    RequestId request = new RequestId(random.nextLong(), random.nextLong());
    SessionId id = client.id();
    Ask ask =
        switch (random.nextInt(4)) {
          case 0 -> Ask.shared(id, request, "s", 1 + random.nextInt(3), 3, false);
          case 1 -> Ask.shared(id, request, "r r", 1, Ask.UNBOUNDED, true);
          case 2 -> Ask.exclusive(id, request, "k", true);
          default -> Ask.exclusive(id, request, "", false);
        };
    Wish wish = new Wish(NAMES.get(random.nextInt(NAMES.size())), ask);
    client.wishes.put(request, wish);
    return wish;
  }

  // ---- requests

  /** Makes a request once; empty if it was not answered, and then what came of it is not known. */
  private <T> Optional<T> ask(WalkClient client, Wish wish, Consumer<Reply<T>> request) {
    Outcome<T> outcome = Outcome.of(request);
    if (outcome.done()) {
      return Optional.of(outcome.value());
    }
    StoreException.Kind kind = outcome.kind();
    assertThat(kind)
        .as("%s", this)
        .isIn(
            StoreException.Kind.UNREACHABLE,
            StoreException.Kind.UNKNOWN,
            StoreException.Kind.SESSION_DEAD);
    if (kind == StoreException.Kind.SESSION_DEAD) {
      assertThat(server.keepsNanos(client.id())).as("%s: a dead session", this).isNegative();
    }
    wish.unknown |= kind == StoreException.Kind.UNKNOWN;
    return Optional.empty();
  }

  /** Asks how a ticket stands; what is told meanwhile counts, as it may overtake the answer. */
  private Optional<TicketState> askState(
      WalkClient client, Wish wish, Consumer<Reply<TicketState>> request) {
    boolean before = wish.told;
    wish.told = false;
    Optional<TicketState> answer = ask(client, wish, request);
    if (answer.isPresent()) {
      wish.waits = answer.get() instanceof TicketState.Waiting;
    } else {
      wish.told |= before;
    }
    return answer;
  }

  private void enter(WalkClient client, Wish wish, boolean onlyIfFree) {
    Line before = Truth.of(server, wish.name);
    boolean first = before.find(wish.request()).isEmpty() && !wish.unknown;
    int was = disturbances;
    client.recalled.clear();
    Optional<TicketState> answer =
        askState(
            client, wish, reply -> client.session().enter(wish.name, wish.ask, onlyIfFree, reply));
    if (answer.isEmpty()) {
      withdrawOrTryAgain(client, wish, onlyIfFree);
      return;
    }
    TicketState state = answer.get();
    assertTrue(client, wish, state);
    if (state instanceof TicketState.Refused) {
      refused++;
    }
    if (disturbances == was && first) {
      quiet++;
      long number = numberOf(state);
      Line.Entered entered =
          onlyIfFree ? before.tryEnter(wish.ask, number, 0) : before.enter(wish.ask, number, 0);
      if (entered.refused()) {
        assertRefused(state, entered);
      } else {
        assertState(state, entered.line().check(Objects.requireNonNull(entered.ticket()).number()));
      }
      assertRecalled(client, wish, state);
    }
    if (state instanceof TicketState.Refused) {
      withdraw(client, wish);
    }
  }

  private void withdrawOrTryAgain(WalkClient client, Wish wish, boolean onlyIfFree) {
    if (server.keepsNanos(client.id()) < 0) {
      return;
    }
    if (random.nextBoolean()) {
      enter(client, wish, onlyIfFree);
    } else {
      leave(client, wish);
    }
  }

  /** Leaves, as often as it takes, and once more when nothing is on its way any more. */
  private void leave(WalkClient client, Wish wish) {
    Line before = Truth.of(server, wish.name);
    int was = disturbances;
    Optional<Boolean> left = Optional.empty();
    while (left.isEmpty()) {
      if (server.keepsNanos(client.id()) < 0) {
        return;
      }
      left =
          this.<Boolean>ask(
              client,
              wish,
              reply -> {
                long number = random.nextBoolean() ? 0 : 7;
                client.session().leave(wish.name, wish.request(), number, reply);
              });
    }
    if (disturbances == was) {
      quiet++;
      assertThat(left.get()).isEqualTo(before.find(wish.request()).isPresent());
    }
    withdraw(client, wish);
  }

  private void withdraw(WalkClient client, Wish wish) {
    if (wish.unknown) {
      boolean unused = client.medium.deliverLate();
      wish.unknown = false;
      leave(client, wish);
      return;
    }
    client.wishes.remove(wish.request());
    if (server.keepsNanos(client.id()) >= 0) {
      assertThat(Truth.of(server, wish.name).find(wish.request())).as("%s", this).isEmpty();
    }
  }

  private void check(WalkClient client, Wish wish) {
    Line before = Truth.of(server, wish.name);
    int was = disturbances;
    client.recalled.clear();
    Optional<TicketState> answer =
        askState(
            client, wish, reply -> client.session().check(wish.name, wish.request(), 0, reply));
    if (answer.isEmpty()) {
      return;
    }
    if (disturbances == was) {
      quiet++;
      assertState(answer.get(), before.check(wish.request()));
      assertRecalled(client, wish, answer.get());
    }
    assertTrue(client, wish, answer.get());
  }

  private void weaken(WalkClient client, Wish wish) {
    Line before = Truth.of(server, wish.name);
    Ticket ticket = before.find(wish.request()).orElse(null);
    if (ticket == null || !ticket.exclusive() || !before.isGranted(ticket.number())) {
      return;
    }
    int was = disturbances;
    Optional<TicketState> answer =
        this.<TicketState>ask(
            client,
            wish,
            reply ->
                client
                    .session()
                    .weaken(wish.name, wish.request(), ticket.number(), 1, Ask.UNBOUNDED, reply));
    if (answer.isPresent() && disturbances == was) {
      quiet++;
      Line after = before.weaken(ticket.number(), 1, Ask.UNBOUNDED, 0).line();
      assertState(answer.get(), after.check(ticket.number()));
      assertThat(timeless(Truth.of(server, wish.name).tickets()))
          .as("%s", this)
          .isEqualTo(timeless(after.tickets()));
    }
  }

  private void revoke(WalkClient client, LockName name) {
    Line before = Truth.of(server, name);
    List<Ticket> tickets = before.tickets();
    if (tickets.isEmpty()) {
      return;
    }
    Ticket ticket = tickets.get(random.nextInt(tickets.size()));
    boolean now = random.nextInt(3) == 0;
    int was = disturbances;
    clients.forEach(each -> each.changed.clear());
    if (now) {
      removed.add(ticket.request());
    }
    Outcome<Integer> outcome =
        Outcome.of(
            reply -> client.store.revoke(name, OptionalLong.of(ticket.number()), now, reply));
    if (outcome.done() && disturbances == was) {
      quiet++;
      assertThat(outcome.value()).isEqualTo(1);
      Line after =
          now ? before.leave(ticket.number(), 0).line() : before.revoke(ticket.number()).line();
      assertThat(timeless(Truth.of(server, name).tickets()))
          .as("%s", this)
          .isEqualTo(timeless(after.tickets()));
      boolean again = ticket.revoked() && !now;
      for (WalkClient holder : clients) {
        if (holder.id().equals(ticket.session()) && !again) {
          assertThat(holder.changed).as("%s: the holder is told", this).contains(name);
        }
      }
    }
  }

  /** What a beat proves, the server keeps. */
  private void beat(WalkClient client) {
    if (random.nextInt(8) == 0) {
      time.sleep(random.nextInt(10_000));
    }
    Outcome<BeatAnswer> outcome = Outcome.of(reply -> client.session().beat(Bearers.none(), reply));
    if (!outcome.done() || server.keepsNanos(client.id()) < 0) {
      return;
    }
    Moment since = Objects.requireNonNull(outcome.value().provedSince());
    long believed = since.nanos() + WalkClient.TTL.toNanos() - time.nanoTime();
    assertThat(believed).as("%s", this).isLessThanOrEqualTo(server.keepsNanos(client.id()));
  }

  // ---- what must be so

  /** What is answered is true now, whatever came between. */
  private void assertTrue(WalkClient client, Wish wish, TicketState state) {
    if (removed.contains(wish.request()) || server.keepsNanos(client.id()) < 0) {
      return;
    }
    Line.Standing standing = Truth.of(server, wish.name).check(wish.request());
    if (state instanceof TicketState.Granted granted) {
      assertThat(standing).as("%s", this).isInstanceOf(Line.Standing.Granted.class);
      assertThat(((Line.Standing.Granted) standing).ticket().number()).isEqualTo(granted.number());
    } else if (state instanceof TicketState.Waiting waiting) {
      assertThat(Truth.of(server, wish.name).find(waiting.number())).as("%s", this).isPresent();
    } else if (!wish.unknown) {
      assertThat(standing).as("%s: %s", this, state).isInstanceOf(Line.Standing.Gone.class);
    }
  }

  private void assertState(TicketState state, Line.Standing standing) {
    if (standing instanceof Line.Standing.Granted granted) {
      Ticket ticket = granted.ticket();
      assertThat(state)
          .as("%s", this)
          .isEqualTo(new TicketState.Granted(ticket.number(), ticket.revoked(), granted.behind()));
    } else if (standing instanceof Line.Standing.Waiting expected) {
      assertThat(state).as("%s", this).isInstanceOf(TicketState.Waiting.class);
      TicketState.Waiting waiting = (TicketState.Waiting) state;
      assertThat(waiting.number()).isEqualTo(expected.ticket().number());
      assertThat(waiting.ahead()).isEqualTo(expected.ahead());
      assertThat(timeless(waiting.blockers()))
          .as("%s", this)
          .isEqualTo(timeless(expected.blockers()));
    } else {
      assertThat(state).as("%s", this).isEqualTo(new TicketState.Gone());
    }
  }

  private void assertRefused(TicketState state, Line.Entered entered) {
    assertThat(state).as("%s", this).isInstanceOf(TicketState.Refused.class);
    TicketState.Refused found = (TicketState.Refused) state;
    assertThat(found.ahead()).isEqualTo(entered.ahead());
    assertThat(found.blockers().stream().map(Ticket::session))
        .as("%s", this)
        .containsExactlyElementsOf(entered.blockers().stream().map(Ticket::session).toList());
  }

  /** Whoever keeps what somebody else waits directly behind is told. */
  private void assertRecalled(WalkClient client, Wish wish, TicketState state) {
    if (state instanceof TicketState.Waiting waiting
        && TicketState.onlyKept(waiting.ahead(), waiting.blockers())) {
      SessionId keeper = waiting.blockers().get(0).session();
      for (WalkClient other : clients) {
        if (!other.equals(client) && !busy.contains(other) && other.id().equals(keeper)) {
          assertThat(other.recalled).as("%s", this).contains(wish.name);
        }
      }
    }
  }

  private static long numberOf(TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    return state instanceof TicketState.Waiting waiting ? waiting.number() : 0;
  }

  /** Without times, and requests: an append that was made again has another one at the server. */
  private static List<String> timeless(List<Ticket> tickets) {
    return tickets.stream()
        .map(ticket -> ticket.toString().replaceAll("(request=\\w+|since=\\d+)", ""))
        .toList();
  }

  /** Everybody leaves and ends; nothing is left. */
  void putAway() {
    calm = true;
    for (WalkClient client : clients) {
      for (Wish wish : client.wishes()) {
        leave(client, wish);
      }
      boolean unused = client.medium.deliverLate();
    }
    List<SessionId> living =
        clients.stream()
            .filter(client -> server.keepsNanos(client.id()) >= 0)
            .map(WalkClient::id)
            .toList();
    assertThat(server.tickets()).as("%s: %s", this, living).isEmpty();
    for (WalkClient client : clients) {
      Outcome<Boolean> unused = Outcome.of(reply -> client.session().end(reply));
    }
    time.pass(WalkClient.TTL.toMillis());
    assertThat(server.sessions()).isZero();
  }

  int quiet() {
    return quiet;
  }

  int overtaken() {
    return overtaken;
  }

  int refused() {
    return refused;
  }

  int told() {
    return told;
  }

  @Override
  public String toString() {
    return "seed " + seed + " " + server.flavour();
  }
}
