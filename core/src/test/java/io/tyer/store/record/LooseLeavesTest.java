package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaves that a crash of the store's server may undo. */
class LooseLeavesTest {

  private static final LockName A = LockName.of("a");
  private static final List<LockName> NAMES = List.of(A, LockName.of("b"), LockName.of("c"));
  private static final int SEQUENCES = Integer.getInteger("tyer.sequences", 800);

  private World world = new World(5);
  private Shelf shelf = new Shelf(world, 1);
  private Client one = new Client(shelf, "one");
  private Client two = new Client(shelf, "two");

  @BeforeEach
  void leaveLoosely() {
    one.medium.loose = true;
    two.medium.loose = true;
  }

  @Test
  void aTicketThatCameBackWithACrashLeavesAgainWithTheNextBeat() throws Exception {
    RequestId first = one.request();
    long number = one.take(A, first);
    long behind = two.queue(A, two.request());
    assertThat(one.leave(A, first, number).value()).isTrue();
    assertThat(two.told).containsExactly("granted a " + behind);
    shelf.crash();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::number).contains(number, behind);
    one.beatAndSweep();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::number).containsExactly(behind);
    assertThat(two.told).containsExactly("granted a " + behind, "granted a " + behind);
  }

  @Test
  void nothingIsLeftTwiceWhileTheServerStays() throws Exception {
    one.beatAndSweep();
    for (int i = 0; i < 50; i++) {
      RequestId request = one.request();
      one.leave(A, request, one.take(A, request)).value();
    }
    one.medium.counts = true;
    one.beatAndSweep();
    assertThat(one.medium.replaces)
        .extracting(RecordKey::kind)
        .containsOnly(RecordKey.Kind.SESSION);
    assertThat(one.medium.reads).isEmpty();
  }

  /** The last leave before the crash is followed by another client's enter, which lasts. */
  @Test
  void whatSomebodyElseHasWrittenSinceStays() throws Exception {
    RequestId first = one.request();
    one.leave(A, first, one.take(A, first)).value();
    long number = two.take(A, two.request());
    shelf.crash();
    one.beatAndSweep();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::number).containsExactly(number);
  }

  @Test
  void whoPassesOnAndEntersWritesOnceAndBelievesWhatLasts() throws Exception {
    RequestId first = one.request();
    long number = one.take(A, first);
    long behind = two.queue(A, two.request());
    one.medium.counts = true;
    RequestId second = one.request();
    Client.Requeued requeued = one.leaveAndEnter(A, first, number, one.exclusive(second));
    assertThat(requeued.left().value()).isTrue();
    assertThat(requeued.entered().value()).isInstanceOf(TicketState.Waiting.class);
    assertThat(one.medium.replaces).hasSize(1);
    assertThat(two.told).containsExactly("granted a " + behind);
    shelf.crash();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).doesNotContain(first);
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).contains(second);
  }

  @Test
  void whoWasToldWhatWasWrittenDoesNotReadIt() throws Exception {
    one.medium.passesOn = true;
    RequestId first = one.request();
    long number = one.take(A, first);
    RequestId second = two.request();
    long behind = two.queue(A, second);
    RequestId third = one.request();
    one.leaveAndEnter(A, first, number, one.exclusive(third)).entered().value();
    two.medium.counts = true;
    assertThat(two.leave(A, second, behind).value()).isTrue();
    assertThat(two.medium.reads).isEmpty();
    assertThat(two.medium.replaces).hasSize(1);
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).containsExactly(third);
  }

  /** A crash has undone it: what was told is not what is there. */
  @Test
  void whoWasToldWhatACrashHasUndoneReadsWhatIsThere() throws Exception {
    one.medium.passesOn = true;
    RequestId first = one.request();
    long number = one.take(A, first);
    RequestId second = two.request();
    long behind = two.queue(A, second);
    assertThat(one.leave(A, first, number).value()).isTrue();
    shelf.crash();
    assertThat(two.leave(A, second, behind).value()).isTrue();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).containsExactly(first);
    one.beatAndSweep();
    assertThat(shelf.line(A).tickets()).isEmpty();
  }

  /** A crash between the write and its flush: the number may be another's next. */
  @Test
  void whoPassesOnAndEntersIsNotToldOfATicketThatACrashHasUndone() throws Exception {
    RequestId first = one.request();
    long number = one.take(A, first);
    two.queue(A, two.request());
    one.medium.hook =
        new HookedMedium.Hook() {
          @Override
          public void before(HookedMedium.Call call, RecordKey key) {
            if (call == HookedMedium.Call.MAKE_LAST) {
              shelf.crash();
            }
          }
        };
    RequestId second = one.request();
    Client.Requeued requeued = one.leaveAndEnter(A, first, number, one.exclusive(second));
    assertThat(requeued.left().value()).isTrue();
    assertThat(requeued.entered().failure().kind()).isEqualTo(StoreException.Kind.UNKNOWN);
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).contains(first);
    one.medium.hook = HookedMedium.NOTHING;
    one.beatAndSweep();
    assertThat(shelf.line(A).tickets()).extracting(Ticket::request).doesNotContain(first, second);
  }

  /** Crashes and lost answers at random: in the end nobody stands in line who does not know it. */
  @Test
  void noTicketIsLeftThatNobodyKnows() throws Exception {
    int undone = 0;
    for (int seed = 0; seed < SEQUENCES; seed++) {
      undone += crashesAtRandom(seed);
    }
    assertThat(undone).as("leaves that a crash has undone").isGreaterThan(SEQUENCES / 10);
  }

  private int crashesAtRandom(int seed) throws Exception {
    Random random = new Random(seed);
    world = new World(seed);
    shelf = new Shelf(world, 2);
    one = new Client(shelf, "one");
    two = new Client(shelf, "two");
    leaveLoosely();
    one.medium.passesOn = random.nextBoolean();
    two.medium.passesOn = random.nextBoolean();
    int[] outage = {0};
    for (Client client : List.of(one, two)) {
      client.medium.delays = () -> random.nextInt(12) == 0;
      client.medium.hook =
          new HookedMedium.Hook() {
            @Override
            public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
              if (random.nextInt(40) == 0) {
                shelf.crash();
                if (random.nextBoolean()) {
                  // Another thread's request is the first to notice.
                  client.medium.noticeCrashes();
                }
              }
              if (random.nextInt(20) == 0) {
                client.medium.reconnect();
              }
              if (random.nextInt(20) == 0) {
                outage[0] = random.nextInt(12);
              }
              if (outage[0] > 0) {
                outage[0]--;
                throw call == HookedMedium.Call.REPLACE
                    ? HookedMedium.unknown()
                    : HookedMedium.unreachable();
              }
            }
          };
    }
    Map<Client, Map<RequestId, LockName>> known = new LinkedHashMap<>();
    known.put(one, new LinkedHashMap<>());
    known.put(two, new LinkedHashMap<>());
    Set<String> numbers = new HashSet<>();
    int undone = 0;
    for (int step = 0; step < 12; step++) {
      Client client = random.nextBoolean() ? one : two;
      Map<RequestId, LockName> own = Objects.requireNonNull(known.get(client));
      int what = random.nextInt(14);
      if (what >= 10) {
        requeue(client, random, own, numbers);
      } else if (what < 5) {
        LockName name = NAMES.get(random.nextInt(NAMES.size()));
        RequestId request = client.request();
        believe(
            name,
            untilAnswered(client, random, () -> client.enter(name, client.exclusive(request))),
            numbers);
        own.put(request, name);
      } else if (what < 9 && !own.isEmpty()) {
        RequestId request = new ArrayList<>(own.keySet()).get(random.nextInt(own.size()));
        LockName name = own.remove(request);
        boolean unused = untilAnswered(client, random, () -> client.leave(name, request, 0));
      } else if (random.nextInt(3) == 0) {
        Answer<BeatAnswer> unused = client.beat();
        client.machine.runIo();
      } else {
        undone += crash(known);
      }
    }
    for (Client client : List.of(one, two)) {
      client.medium.hook = HookedMedium.NOTHING;
      client.medium.delays = () -> false;
    }
    undone += crash(known);
    // Two: what was found gone with the first is known to last with the second.
    for (int beat = 0; beat < 2; beat++) {
      one.beatAndSweep();
      two.beatAndSweep();
      shelf.crash();
    }
    assertThat(unknown(known)).as("seed " + seed).isZero();
    for (Map.Entry<Client, Map<RequestId, LockName>> client : known.entrySet()) {
      for (Map.Entry<RequestId, LockName> ticket : client.getValue().entrySet()) {
        TicketState state = client.getKey().check(ticket.getValue(), ticket.getKey(), 0).value();
        assertThat(state).as("seed " + seed).isNotInstanceOf(TicketState.Gone.class);
      }
    }
    return undone;
  }

  /** As the engine does it: a ticket that the client does not know to have is withdrawn. */
  private void requeue(
      Client client, Random random, Map<RequestId, LockName> own, Set<String> numbers) {
    if (own.isEmpty()) {
      return;
    }
    RequestId request = new ArrayList<>(own.keySet()).get(random.nextInt(own.size()));
    LockName name = Objects.requireNonNull(own.remove(request));
    RequestId next = client.request();
    Client.Requeued requeued = client.leaveAndEnter(name, request, 0, client.exclusive(next));
    if (requeued.left().failed()) {
      boolean unused = untilAnswered(client, random, () -> client.leave(name, request, 0));
    }
    if (requeued.entered().failed()) {
      boolean unused = untilAnswered(client, random, () -> client.leave(name, next, 0));
    } else {
      believe(name, requeued.entered().value(), numbers);
      own.put(next, name);
    }
  }

  /** A number that a client was answered was never answered before (S2). */
  private static void believe(LockName name, TicketState state, Set<String> numbers) {
    long number =
        state instanceof TicketState.Granted granted
            ? granted.number()
            : ((TicketState.Waiting) state).number();
    assertThat(numbers.add(name + " " + number)).as("a new number: %s %s", name, number).isTrue();
  }

  private int crash(Map<Client, Map<RequestId, LockName>> known) throws Exception {
    int before = unknown(known);
    shelf.crash();
    return unknown(known) - before;
  }

  /** How many tickets stand in line of which their clients know nothing any more. */
  private int unknown(Map<Client, Map<RequestId, LockName>> known) throws Exception {
    int unknown = 0;
    for (LockName name : NAMES) {
      for (Ticket ticket : shelf.line(name).tickets()) {
        if (known.values().stream().noneMatch(own -> own.containsKey(ticket.request()))) {
          unknown++;
        }
      }
    }
    return unknown;
  }

  private interface Try<T> {
    Answer<T> once();
  }

  /** As the engine does it; meanwhile others of its threads beat, and late requests come in. */
  private <T> T untilAnswered(Client client, Random random, Try<T> request) {
    int tries = 0;
    while (true) {
      Answer<T> answer = request.once();
      if (!answer.failed()) {
        return answer.value();
      }
      tries++;
      assertThat(tries).isLessThan(1_000);
      if (random.nextBoolean()) {
        Answer<BeatAnswer> unused = client.beat();
      }
      if (random.nextBoolean()) {
        client.medium.late.forEach(Runnable::run);
        client.medium.late.clear();
      }
      if (random.nextInt(4) == 0) {
        client.machine.runIo();
      }
    }
  }
}
