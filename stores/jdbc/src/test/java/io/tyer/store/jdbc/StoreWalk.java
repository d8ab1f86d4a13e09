package io.tyer.store.jdbc;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import io.tyer.store.jdbc.WalkedClient.Answer;
import io.tyer.store.jdbc.WalkedClient.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * One random sequence of requests of three clients, made of the store and of the model, and
 * compared at every step. A request may be overtaken by whole requests of other clients just before
 * it writes; then those took effect first.
 */
final class StoreWalk {

  private static final int MEMBERS = 4;

  /** Two of them are less than a TTL, three are more. */
  private static final long PASS_SECONDS = 400;

  /** What was asked for, and by whom. */
  private record Made(Member member, LockName name, Ask ask) {}

  private final WalkedDatabase database;
  private final HandDriven.Time time;
  private final Random random;
  private final WalkAsks asks;
  private final WalkLog log;
  private final LineModel model = new LineModel(WalkedClient.TTL.toSeconds());
  private final List<LockName> names = List.of(LockName.of("a"), LockName.of("b"));
  private final List<WalkedClient> clients = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();

  /** Whether numbers run ahead of the database's clock, which then covers no removed row. */
  private boolean ahead;

  private int depth;
  private int overtaken;

  StoreWalk(WalkedDatabase database, HandDriven.Time time, long seed) {
    this.database = database;
    this.time = time;
    this.random = new Random(seed);
    this.asks = new WalkAsks(random);
    this.log = new WalkLog(seed);
    clients.addAll(database.clients(time, seed, this::maybeOvertake));
    for (int i = 0; i < MEMBERS; i++) {
      members.add(open(clients.get(i % clients.size())));
    }
  }

  /** How many deaths were decided. */
  int deaths() {
    return model.deaths();
  }

  /** How many requests have overtaken another. */
  int overtaken() {
    return overtaken;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  // ---- steps

  void step() {
    int choice = random.nextInt(100);
    if (choice < 78) {
      request();
    } else if (choice < 88) {
      beat(any(members));
    } else if (choice < 93) {
      passTime();
    } else if (choice < 96) {
      end(any(members));
    } else {
      byHand();
    }
    compare();
  }

  /** Somebody else's request, between another one's reading and writing. */
  private void maybeOvertake() {
    if (depth > 0 && depth < 3 && oneIn(4) && model.isCalm()) {
      overtaken++;
      log.add("overtaken by");
      if (oneIn(4)) {
        // A row that is made anew may have the old one's version again.
        LockName name = any(names);
        deleteLine(name);
        enter(any(members), name, false);
      } else {
        request();
      }
    }
  }

  private void request() {
    depth++;
    int choice = random.nextInt(made.isEmpty() ? 3 : 12);
    switch (choice) {
      case 0, 1 -> enter(any(members), any(names), false);
      case 2 -> enter(any(members), any(names), true);
      case 3 -> again();
      case 4, 5, 6 -> leave();
      case 7, 8, 9 -> check();
      case 10 -> weaken();
      default -> revoke();
    }
    depth--;
  }

  private Member open(WalkedClient client) {
    Member member = new Member(client);
    model.open(member.id());
    log.add("open " + member.id());
    return member;
  }

  private void enter(Member member, LockName name, boolean onlyIfFree) {
    enter(new Made(member, name, asks.next(member.id())), onlyIfFree);
  }

  /** What has not left is found again. */
  private void again() {
    Made again = recent();
    if (model.find(again.name, again.member.id(), again.ask.request()).isPresent()) {
      enter(again, oneIn(2));
    }
  }

  private void enter(Made which, boolean onlyIfFree) {
    made.add(which);
    log.add((onlyIfFree ? "try " : "enter ") + which.name + " " + which.ask);
    Answer<TicketState> answer =
        Answer.of(reply -> which.member.session().enter(which.name, which.ask, onlyIfFree, reply));
    if (isRefusedAsOver(which.member, answer)) {
      return;
    }
    TicketState state = answer.value();
    TicketState expected = model.enter(which.name, which.ask, onlyIfFree, number(state));
    log.same(expected, state);
    expectTold(which.member.client, Optional.of(which.ask.request()));
  }

  private static long number(TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    return state instanceof TicketState.Waiting waiting ? waiting.number() : 0;
  }

  private void leave() {
    Made which = recent();
    Member member = owner(which);
    RequestId request = which.ask.request();
    long number = number(which);
    log.add("leave " + which.name + " " + request + " by " + member.id());
    Answer<Boolean> left =
        Answer.of(reply -> member.session().leave(which.name, request, number, reply));
    if (!isRefusedAsOver(member, left)) {
      log.same(model.leave(which.name, member.id(), request), left.value());
      expectTold(member.client, Optional.of(request));
    }
  }

  private void check() {
    Made which = recent();
    Member member = owner(which);
    RequestId request = which.ask.request();
    long number = number(which);
    log.add("check " + which.name + " " + request + " by " + member.id());
    Answer<TicketState> state =
        Answer.of(reply -> member.session().check(which.name, request, number, reply));
    if (!isRefusedAsOver(member, state)) {
      log.same(model.check(which.name, member.id(), request), state.value());
      expectTold(member.client, Optional.of(request));
    }
  }

  private void weaken() {
    Made which = recent();
    Member member = owner(which);
    RequestId request = which.ask.request();
    long number = number(which);
    int capacity = asks.capacity();
    int weight = asks.weight(capacity);
    log.add("weaken " + which.name + " " + request + " to " + weight + "/" + capacity);
    Answer<TicketState> state =
        Answer.of(
            reply -> member.session().weaken(which.name, request, number, weight, capacity, reply));
    if (isRefusedAsOver(member, state)) {
      return;
    }
    TicketState expected;
    try {
      expected = model.weaken(which.name, member.id(), request, weight, capacity);
    } catch (IllegalStateException e) {
      log.expect(state.failedAs(Kind.REFUSED), "refused, since " + e.getMessage() + ": " + state);
      return;
    }
    log.same(expected, state.value());
    expectTold(member.client, Optional.of(request));
  }

  private void revoke() {
    LockName name = any(names);
    List<Ticket> tickets = model.line(name).tickets();
    OptionalLong number =
        tickets.isEmpty() || oneIn(3)
            ? OptionalLong.empty()
            : OptionalLong.of(any(tickets).number());
    boolean now = oneIn(2);
    WalkedClient client = any(clients);
    log.add((now ? "remove " : "revoke ") + name + " " + number);
    int count =
        Answer.<Integer>of(reply -> client.store().revoke(name, number, now, reply)).value();
    List<Ticket> revoked = model.revoke(name, number, now);
    log.same(revoked.size(), count);
    Set<SessionId> holders = new HashSet<>();
    revoked.forEach(ticket -> holders.add(ticket.session()));
    for (SessionId holder : holders) {
      Optional<Member> near = near(client, holder);
      if (near.isEmpty()) {
        model.call(holder);
        // Who judges by the database's clock counts from what was written last. That is allowed,
        // since it is later, but not what the model says.
        database.writtenBefore(holder, model.silentSeconds(holder));
      } else {
        log.expect(near.get().changed.contains(name), "told that something changed in " + name);
      }
    }
    expectTold(client, Optional.empty());
  }

  private void beat(Member member) {
    log.add("beat " + member.id());
    if (oneIn(3)) {
      database.forgetSweep();
    }
    String before = database.lastSweep();
    Answer<BeatAnswer> answer = Answer.of(reply -> member.session().beat(Bearers.none(), reply));
    Optional<BeatAnswer> expected = member.over ? Optional.empty() : model.beat(member.id());
    if (expected.isPresent()) {
      log.same(expected.get(), answer.value());
    } else {
      log.expect(answer.failedAs(Kind.SESSION_DEAD), "its session is over, not " + answer);
      member.over = true;
    }
    member.client.machine.runIo();
    if (!database.lastSweep().equals(before)) {
      log.add("sweep");
      Set<SessionId> gone = model.sweep(member.id());
      for (Member other : members) {
        other.over |= other.client == member.client && gone.contains(other.id());
      }
      expectTold(member.client, Optional.empty());
    }
    replace(member);
  }

  /** Who knows that his session is over opens another one, sooner or later. */
  private void replace(Member member) {
    if (member.over && oneIn(2)) {
      members.set(members.indexOf(member), open(member.client));
    }
  }

  private void passTime() {
    for (Member member : List.copyOf(members)) {
      if (random.nextInt(10) < 7) {
        beat(member);
      }
    }
    // So long that nobody has been heard of in time: who beats first is saved.
    long seconds = oneIn(3) ? 3 * PASS_SECONDS : PASS_SECONDS;
    log.add(seconds + " s pass");
    time.passSeconds(seconds);
    database.passSeconds(seconds);
    model.passSeconds(seconds);
  }

  private void end(Member member) {
    log.add("end " + member.id());
    boolean ended = Answer.<Boolean>of(reply -> member.session().end(reply)).value();
    log.same(model.end(member.id()), ended);
    member.over = true;
    expectTold(member.client, Optional.empty());
    members.set(members.indexOf(member), open(any(clients)));
  }

  /** What operators do to rows. */
  private void byHand() {
    LockName name = any(names);
    switch (random.nextInt(3)) {
      case 0 -> deleteLine(name);
      case 1 -> {
        Member member = any(members);
        log.add("delete the row of session " + member.id());
        database.deleteSession(member.id());
        model.forget(member.id());
      }
      default -> {
        long floor = model.line(name).isEmpty() ? database.runAhead(name) : 0;
        if (floor > 0) {
          log.add("numbers of " + name + " run ahead of the clock");
          ahead = true;
          model.forget(name, floor);
        }
      }
    }
  }

  private void deleteLine(LockName name) {
    if (!ahead) {
      log.add("delete the row of " + name);
      database.deleteLine(name);
      model.forget(name, 0);
    }
  }

  // ---- whose

  /** Rather what was asked for lately: the others have left. */
  private Made recent() {
    int last = made.size() - 1;
    return made.get(Math.max(0, last - random.nextInt(8)));
  }

  /** Whoever asked for it; now and then somebody whose ticket it is not. */
  private Member owner(Made which) {
    return oneIn(12) ? any(members) : which.member;
  }

  /** Its ticket's number, or 0, as if the answer were lost. */
  private long number(Made which) {
    Line line = model.line(which.name);
    return oneIn(2) ? 0 : line.find(which.ask.request()).map(Ticket::number).orElse(7L);
  }

  private Optional<Member> near(WalkedClient client, SessionId id) {
    return members.stream()
        .filter(member -> member.client == client && member.id().equals(id) && !member.over)
        .findFirst();
  }

  // ---- comparing

  private boolean isRefusedAsOver(Member member, Answer<?> answer) {
    if (member.over) {
      log.expect(answer.failedAs(Kind.SESSION_DEAD), "its session is over, not " + answer);
    }
    return member.over;
  }

  /** Those are told of grants that have a session in the store that granted, but for who asked. */
  private void expectTold(WalkedClient client, Optional<RequestId> asked) {
    for (LineModel.Grant grant : model.grants()) {
      Ticket ticket = grant.ticket();
      if (asked.equals(Optional.of(ticket.request()))
          || !model.line(grant.name()).isGranted(ticket.number())) {
        continue;
      }
      near(client, ticket.session())
          .ifPresent(
              member ->
                  log.expect(member.granted.contains(ticket.number()), "told of grant " + ticket));
    }
  }

  private void compare() {
    log.same(model.list(), any(clients).list(""));
    for (Member member : members) {
      for (LockName name : names) {
        for (Ticket ticket : model.line(name).tickets()) {
          log.expect(
              !ticket.session().equals(member.id())
                  || !member.granted.contains(ticket.number())
                  || model.line(name).isGranted(ticket.number()),
              "told of true grants only, not of " + ticket);
        }
      }
    }
  }

  /** Everybody ends; nothing is left but, for a while, lines without tickets. */
  void putAway() {
    for (Member member : List.copyOf(members)) {
      end(member);
      compare();
    }
    log.same(model.sessions(), database.sessions());
    clients.forEach(WalkedClient::close);
  }
}
