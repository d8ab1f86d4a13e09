package io.tyer.store.jdbc;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
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

/** The requests of a walk that concern one line, each made of the store and of the model. */
final class WalkedRequests {

  /** What was asked for, and by whom. */
  private record Made(Member member, LockName name, Ask ask) {}

  private final WalkedDatabase database;
  private final Random random;
  private final WalkAsks asks;
  private final List<WalkedClient> clients;
  private final List<Member> members;
  private final List<LockName> names;
  private final SessionModel sessions;
  private final LineModel model;
  private final WalkLog log;
  private final List<Made> made = new ArrayList<>();

  /** The members change. */
  WalkedRequests(
      WalkedDatabase database,
      Random random,
      List<WalkedClient> clients,
      List<Member> members,
      List<LockName> names,
      SessionModel sessions,
      LineModel model,
      WalkLog log) {
    this.database = database;
    this.random = random;
    this.asks = new WalkAsks(random);
    this.clients = clients;
    this.members = members;
    this.names = names;
    this.sessions = sessions;
    this.model = model;
    this.log = log;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** Any of them. */
  void any() {
    switch (random.nextInt(made.isEmpty() ? 3 : 14)) {
      case 0, 1 -> enter(any(members), any(names), false);
      case 2 -> enter(any(members), any(names), true);
      case 3 -> again();
      case 4, 5, 6 -> leave();
      case 7, 8, 9 -> check();
      case 10 -> weaken();
      case 11, 12 -> leaveAndEnter();
      default -> revoke();
    }
  }

  void enter(Member member, LockName name, boolean onlyIfFree) {
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

  private void leaveAndEnter() {
    Made which = recent();
    Member member = owner(which);
    RequestId request = which.ask.request();
    long number = number(which);
    Made next = new Made(member, which.name, asks.next(member.id()));
    made.add(next);
    log.add("leave " + which.name + " " + request + " and enter " + next.ask);
    List<Answer<TicketState>> entered = new ArrayList<>();
    Answer<Boolean> left =
        Answer.of(
            leave ->
                entered.add(
                    Answer.of(
                        enter ->
                            member
                                .session()
                                .leaveAndEnter(
                                    which.name, request, number, next.ask, leave, enter))));
    boolean over = isRefusedAsOver(member, left);
    if (isRefusedAsOver(member, entered.get(0)) || over) {
      return;
    }
    log.same(model.leave(which.name, member.id(), request), left.value());
    expectTold(member.client, Optional.of(request));
    TicketState state = entered.get(0).value();
    log.same(model.enter(next.name, next.ask, false, number(state)), state);
    expectTold(member.client, Optional.of(next.ask.request()));
  }

  private void check() {
    Made which = recent();
    Member member = owner(which);
    RequestId request = which.ask.request();
    long number = number(which);
    log.add("check " + which.name + " " + request + " by " + member.id());
    Answer<TicketState> state =
        Answer.of(
            reply -> {
              member.session().check(which.name, request, number, reply);
              // It may have been held back, to go with others.
              member.client.machine.runScheduled();
            });
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
        sessions.call(holder);
        // Who judges by the database's clock counts from what was written last. That is allowed,
        // since it is later, but not what the model says.
        database.writtenBefore(holder, sessions.silentSeconds(holder));
      } else {
        log.expect(near.get().changed.contains(name), "told that something changed in " + name);
      }
    }
    expectTold(client, Optional.empty());
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

  // ---- what is told

  private boolean isRefusedAsOver(Member member, Answer<?> answer) {
    if (member.over) {
      log.expect(answer.failedAs(Kind.SESSION_DEAD), "its session is over, not " + answer);
    }
    return member.over;
  }

  /** Those are told of grants that have a session in the store that granted, but for who asked. */
  void expectTold(WalkedClient client, Optional<RequestId> asked) {
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
}
