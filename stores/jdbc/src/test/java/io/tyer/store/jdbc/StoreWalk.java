package io.tyer.store.jdbc;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.jdbc.WalkedClient.Answer;
import io.tyer.store.jdbc.WalkedClient.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One random sequence of requests of three clients, made of the store and of the model, and
 * compared at every step. A request may be overtaken by whole requests of other clients just before
 * it writes; then those took effect first.
 */
final class StoreWalk {

  private static final int MEMBERS = 4;

  /** Each of them may have a connection of the same client. */
  private static final int MOST_DEEP = WalkedDatabase.CONNECTIONS - 1;

  /** Two of them are less than a TTL, three are more. */
  private static final long PASS_SECONDS = 400;

  private final WalkedDatabase database;
  private final HandDriven.Time time;
  private final Random random;
  private final WalkLog log;
  private final SessionModel sessions = new SessionModel(WalkedClient.TTL.toSeconds());
  private final LineModel model = new LineModel(sessions);
  private final List<LockName> names = List.of(LockName.of("a"), LockName.of("b"));
  private final List<WalkedClient> clients = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final WalkedRequests requests;

  /** Whether numbers run ahead of the database's clock, which then covers no removed row. */
  private boolean ahead;

  private int depth;
  private int overtaken;

  StoreWalk(WalkedDatabase database, HandDriven.Time time, long seed) {
    this.database = database;
    this.time = time;
    this.random = new Random(seed);
    this.log = new WalkLog(seed);
    clients.addAll(database.clients(time, seed, this::maybeOvertake));
    for (int i = 0; i < MEMBERS; i++) {
      members.add(open(clients.get(i % clients.size())));
    }
    this.requests =
        new WalkedRequests(database, random, clients, members, names, sessions, model, log);
  }

  /** How many deaths were decided. */
  int deaths() {
    return sessions.deaths();
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
      request(requests::any);
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
    if (depth > 0 && depth < MOST_DEEP && oneIn(4) && model.isCalm()) {
      overtaken++;
      log.add("overtaken by");
      if (oneIn(4)) {
        // A row that is made anew may have the old one's version again.
        LockName name = any(names);
        deleteLine(name);
        request(() -> requests.enter(any(members), name, false));
      } else {
        request(requests::any);
      }
    }
  }

  private void request(Runnable request) {
    depth++;
    request.run();
    depth--;
  }

  private Member open(WalkedClient client) {
    Member member = new Member(client);
    sessions.open(member.id());
    log.add("open " + member.id());
    return member;
  }

  private void beat(Member member) {
    log.add("beat " + member.id());
    if (oneIn(3)) {
      database.forgetSweep();
    }
    String before = database.lastSweep();
    Answer<BeatAnswer> answer = Answer.of(reply -> member.session().beat(Bearers.none(), reply));
    Optional<BeatAnswer> expected = member.over ? Optional.empty() : sessions.beat(member.id());
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
      requests.expectTold(member.client, Optional.empty());
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
    sessions.passSeconds(seconds);
  }

  private void end(Member member) {
    log.add("end " + member.id());
    boolean ended = Answer.<Boolean>of(reply -> member.session().end(reply)).value();
    log.same(model.end(member.id()), ended);
    member.over = true;
    requests.expectTold(member.client, Optional.empty());
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
        sessions.forget(member.id());
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

  // ---- comparing

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
    log.same(sessions.ids().size(), database.sessions());
    clients.forEach(WalkedClient::close);
  }
}
