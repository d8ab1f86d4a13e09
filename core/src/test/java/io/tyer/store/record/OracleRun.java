package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One random sequence. A request that is under way may be overtaken by a whole request of another
 * client just before it writes; then the other took effect first. From an unknown outcome on, until
 * it is settled, nobody overtakes, so that the order of effects is always known here.
 */
final class OracleRun {

  /** A request that was made, and where. */
  private record Made(Client client, LockName name, Ask ask) {}

  private final World world;
  private final Random random;
  private final Shelf shelf;
  private final List<Client> clients = new ArrayList<>();
  private final List<LockName> names = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final Map<LockName, Line> oracle = new HashMap<>();
  private int depth;
  private boolean unsettled;
  private int calm;

  /**
   * Whether the last request was unknown for a while: whether it was it that did something then.
   */
  private boolean wasUnknown;

  OracleRun(long seed) {
    world = new World(seed);
    random = world.random;
    shelf = new Shelf(world, 2);
    for (String name : List.of("a", "b", "c", "d")) {
      names.add(LockName.of(name));
      oracle.put(LockName.of(name), Line.empty(0));
    }
    for (String name : List.of("one", "two", "three")) {
      Client client = new Client(shelf, name);
      clients.add(client);
      client.medium.hook = new Trouble();
      client.medium.together = random.nextBoolean();
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int n) {
    return calm == 0 && random.nextInt(n) == 0;
  }

  private Line line(LockName name) {
    return oracle.getOrDefault(name, Line.empty(0));
  }

  void step() throws MalformedRecordException {
    request();
    Map<LockName, Line> shelved = shelf.lines();
    for (LockName name : names) {
      Line found = shelved.getOrDefault(name, Line.empty(0));
      assertThat(timeless(found.tickets()))
          .as("%s, %s", name, this)
          .isEqualTo(timeless(line(name).tickets()));
    }
  }

  private static List<String> timeless(List<Ticket> tickets) {
    List<String> all = new ArrayList<>();
    for (Ticket ticket : tickets) {
      all.add(ticket.toString().replaceAll("since=\\d+", ""));
    }
    return all;
  }

  private void request() {
    Client client = any(clients);
    LockName name = any(names);
    switch (random.nextInt(made.isEmpty() ? 2 : 10)) {
      case 0, 1, 2 -> enter(client, name, ask(client), false);
      case 3 -> enter(client, name, ask(client), true);
      case 4, 5, 6 -> leave(any(made));
      case 7 -> check(any(made));
      case 8 -> again();
      default -> rare(client, name);
    }
  }

  private void again() {
    Made again = any(made);
    if (line(again.name).find(again.ask.request()).isPresent()) {
      enter(again.client, again.name, again.ask, random.nextBoolean());
    }
  }

  private void rare(Client client, LockName name) {
    switch (random.nextInt(4)) {
      case 0 -> revoke(client, name);
      case 1 -> removeByHand(name);
      default -> weaken(any(made));
    }
  }

  private Ask ask(Client client) {
    RequestId request = client.request();
    return switch (random.nextInt(3)) {
      case 0 -> Ask.shared(client.id(), request, "s", 1 + random.nextInt(3), 3, false);
      case 1 -> Ask.shared(client.id(), request, "r", 1, Ask.UNBOUNDED, true);
      default -> Ask.exclusive(client.id(), request, "x", false);
    };
  }

  private void enter(Client client, LockName name, Ask ask, boolean onlyIfFree) {
    made.add(new Made(client, name, ask));
    TicketState state =
        settled(() -> onlyIfFree ? client.tryEnter(name, ask) : client.enter(name, ask));
    Line before = line(name);
    long number = numberOf(state);
    Line.Entered entered =
        onlyIfFree ? before.tryEnter(ask, number, 0) : before.enter(ask, number, 0);
    oracle.put(name, entered.line());
    Ticket ticket = entered.ticket();
    if (ticket == null) {
      assertThat(state).as("%s", this).isInstanceOf(TicketState.Refused.class);
      assertThat(timeless(((TicketState.Refused) state).blockers()))
          .isEqualTo(timeless(entered.blockers()));
      return;
    }
    // Above every number this name has given out, whatever was removed by hand meanwhile.
    assertThat(number).as("%s", this).isEqualTo(ticket.number());
    assertState(state, entered.line().check(number));
  }

  private static long numberOf(TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    return state instanceof TicketState.Waiting waiting ? waiting.number() : 0;
  }

  private void leave(Made which) {
    RequestId request = which.ask.request();
    long number = random.nextBoolean() ? 0 : numberOf(which);
    int told = told();
    boolean left = settled(() -> which.client.leave(which.name, request, number));
    Line.Changed changed = line(which.name).leave(request, 0);
    oracle.put(which.name, changed.line());
    if (!wasUnknown) {
      assertThat(left).as("%s", this).isEqualTo(changed.found());
    }
    assertTold(told, which.name, changed.granted());
  }

  /** The number of a ticket that is there or of one that is not. */
  private long numberOf(Made which) {
    return line(which.name).find(which.ask.request()).map(Ticket::number).orElse(7L);
  }

  private void check(Made which) {
    RequestId request = which.ask.request();
    TicketState state = settled(() -> which.client.check(which.name, request, 0));
    assertState(state, line(which.name).check(request));
  }

  private void weaken(Made which) {
    Line line = line(which.name);
    Ticket ticket = line.find(which.ask.request()).orElse(null);
    if (ticket == null || !line.isGranted(ticket.number()) || !ticket.exclusive()) {
      return;
    }
    int told = told();
    // Settled before others may take the ticket away: they would find another line to weaken.
    calm++;
    TicketState state =
        settled(
            () ->
                which.client.weaken(
                    which.name, ticket.request(), ticket.number(), 1, Ask.UNBOUNDED));
    calm--;
    Line.Changed changed = line.weaken(ticket.number(), 1, Ask.UNBOUNDED, 0);
    oracle.put(which.name, changed.line());
    assertState(state, changed.line().check(ticket.number()));
    assertTold(told, which.name, changed.granted());
  }

  private void revoke(Client client, LockName name) {
    List<Ticket> tickets = line(name).tickets();
    if (tickets.isEmpty()) {
      return;
    }
    long number = any(tickets).number();
    boolean now = random.nextBoolean();
    int told = told();
    int count = settled(() -> client.revoke(name, OptionalLong.of(number), now));
    Line before = line(name);
    Line.Changed changed = now ? before.leave(number, 0) : before.revoke(number);
    oracle.put(name, changed.line());
    if (!wasUnknown) {
      assertThat(count).as("%s", this).isEqualTo(changed.found() ? 1 : 0);
    }
    assertTold(told, name, changed.granted());
  }

  private void removeByHand(LockName name) {
    RecordKey home = shelf.home(name);
    shelf.removeByHand(home);
    for (LockName other : names) {
      if (shelf.home(other).equals(home)) {
        oracle.put(other, Line.empty(line(other).last()));
      }
    }
  }

  private void assertState(TicketState state, Line.Standing standing) {
    if (standing instanceof Line.Standing.Granted granted) {
      Ticket ticket = granted.ticket();
      assertThat(state)
          .as("%s", this)
          .isEqualTo(new TicketState.Granted(ticket.number(), ticket.revoked(), granted.behind()));
    } else if (standing instanceof Line.Standing.Waiting waiting) {
      assertThat(state).as("%s", this).isInstanceOf(TicketState.Waiting.class);
      TicketState.Waiting found = (TicketState.Waiting) state;
      assertThat(found.number()).isEqualTo(waiting.ticket().number());
      assertThat(found.ahead()).isEqualTo(waiting.ahead());
      assertThat(timeless(found.blockers())).isEqualTo(timeless(waiting.blockers()));
    } else {
      assertThat(state).as("%s", this).isEqualTo(new TicketState.Gone());
    }
  }

  private int told() {
    return clients.stream().mapToInt(client -> client.told.size()).sum();
  }

  /** That something was said since about every ticket that was granted. */
  private void assertTold(int before, LockName name, List<Ticket> granted) {
    if (granted.isEmpty()) {
      return;
    }
    assertThat(told()).as("%s", this).isGreaterThan(before);
    for (Ticket ticket : granted) {
      for (Client client : clients) {
        if (client.id().equals(ticket.session())) {
          assertThat(client.told)
              .as("%s", this)
              .containsAnyOf("changed " + name, "granted " + name + " " + ticket.number());
        }
      }
    }
  }

  /** Repeats a request until its outcome is known, as the engine does. */
  private <T> T settled(Supplier<Answer<T>> request) {
    boolean outer = unsettled;
    depth++;
    try {
      for (int attempt = 0; ; attempt++) {
        Answer<T> answer = request.get();
        if (!answer.failed()) {
          return answer.value();
        }
        StoreException failure = answer.failure();
        assertThat(failure.kind()).as("%s", failure).isIn(Kind.UNREACHABLE, Kind.UNKNOWN);
        unsettled |= failure.kind() == Kind.UNKNOWN;
        if (attempt == 20) {
          calm++;
        }
      }
    } finally {
      depth--;
      wasUnknown = unsettled;
      unsettled = outer;
    }
  }

  /** Everybody ends; nothing is left. */
  void putAway() throws MalformedRecordException {
    calm++;
    for (Client client : clients) {
      client.end().value();
    }
    assertThat(shelf.lines()).as("%s", this).isEmpty();
    assertThat(shelf.keys(RecordKey.Kind.SESSION)).isEmpty();
    assertThat(shelf.inboxes).isEmpty();
  }

  @Override
  public String toString() {
    return "seed " + world.seed;
  }

  /** What goes wrong for a client. */
  private final class Trouble implements HookedMedium.Hook {
    @Override
    public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
      if (call == HookedMedium.Call.REPLACE && key.kind() == RecordKey.Kind.LINES) {
        if (!unsettled && depth < 3 && oneIn(3)) {
          request();
        }
        if (oneIn(20)) {
          unsettled = true;
          throw HookedMedium.unknown();
        }
      }
      if (oneIn(40)) {
        throw HookedMedium.unreachable();
      }
    }

    @Override
    public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
      if (call == HookedMedium.Call.REPLACE && oneIn(15)) {
        unsettled |= key.kind() == RecordKey.Kind.LINES;
        throw HookedMedium.unknown();
      }
    }
  }
}
