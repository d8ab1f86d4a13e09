package io.tyer.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.state.Command;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import io.tyer.spi.TicketState;
import io.tyer.surroundings.SystemSurroundings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberTest {

  private static final SessionId ALICE = new SessionId(1, 1);
  private static final SessionId BOB = new SessionId(2, 2);
  private static final LockName LOCK = LockName.of("lock");

  @TempDir Path root;

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final Map<String, Member> members = new HashMap<>();
  private final List<MemberInfo> infos = new ArrayList<>();

  @AfterEach
  void closeAll() {
    members.values().forEach(Member::close);
    surroundings.close();
  }

  private void start(String... ids) throws Exception {
    for (String id : ids) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        infos.add(new MemberInfo(id, "127.0.0.1:" + free.getLocalPort(), id + ":1"));
      }
    }
    for (MemberInfo info : infos) {
      startOne(info);
    }
  }

  private Member startOne(MemberInfo info) throws Exception {
    MemberConfig config = MemberConfig.of(root.resolve(info.id()), "test", info, infos);
    Member member = Member.start(config, Ratis.engine(), surroundings);
    members.put(info.id(), member);
    return member;
  }

  private Member leader() {
    List<Member> found = new ArrayList<>();
    await(
        "a leader",
        () -> members.values().stream().anyMatch(m -> m.status().leading() && found.add(m)));
    return found.get(0);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited 60 s for %s", what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Command enter(SessionId session, long sequence) {
    Ask ask = Ask.exclusive(session, new RequestId(session.low(), sequence), "test", false);
    return new Command.Enter(new Command.Place(sequence, 0), LOCK, ask, false);
  }

  /** By a member that leads; one that has just lost the lead is asked no more. */
  private Outcome ask(Command command) throws Exception {
    while (true) {
      Asked asked = Asked.of(leader()::submit, command);
      if (asked.failure().isEmpty()) {
        return asked.get();
      }
    }
  }

  private static boolean granted(Outcome outcome) {
    return outcome instanceof Outcome.Ticket ticket
        && ticket.state() instanceof TicketState.Granted;
  }

  @Test
  void oneMemberServesAndRemembers() throws Exception {
    start("a");
    assertThat(ask(new Command.Open(ALICE, 60_000, "alice"))).isInstanceOf(Outcome.Alive.class);
    assertThat(granted(ask(enter(ALICE, 1)))).isTrue();

    members.remove("a").close();
    Member again = startOne(infos.get(0));

    assertThat(ask(new Command.Attach(ALICE)))
        .isInstanceOfSatisfying(
            Outcome.Attached.class,
            attached -> assertThat(attached.tickets()).hasSize(1).allMatch(Outcome.Held::granted));
    assertThat(again.status().sessions()).isEqualTo(1);
    assertThat(again.status().tickets()).isEqualTo(1);
    assertThat(again.status().leader()).contains(infos.get(0));
  }

  @Test
  void grantSurvivesTheLeader() throws Exception {
    start("a", "b", "c");
    ask(new Command.Open(ALICE, 60_000, "alice"));
    ask(new Command.Open(BOB, 60_000, "bob"));
    assertThat(granted(ask(enter(ALICE, 1)))).isTrue();
    Member first = leader();
    members.values().remove(first);
    first.close();

    assertThat(granted(ask(enter(BOB, 1)))).isFalse();
    assertThat(granted(ask(enter(ALICE, 1)))).as("asked for again").isTrue();
  }

  @Test
  void membersAdoptWhatAllOfThemKnow() throws Exception {
    start("a", "b");
    ask(new Command.Open(ALICE, 60_000, "alice"));
    await("both to behave alike", () -> members.values().stream().allMatch(m -> m.adopted() == 3));
  }

  @Test
  void leaderTellsWhatFollows() throws Exception {
    start("a");
    BlockingQueue<Notice> told = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> leads = new LinkedBlockingQueue<>();
    Member member = leader();
    member.listen(
        new ReplicaListener() {
          @Override
          public void notices(List<Notice> notices) {
            told.addAll(notices);
          }

          @Override
          public void leading(boolean leading) {
            leads.add(leading);
          }
        });
    assertThat(leads.poll(60, TimeUnit.SECONDS)).isTrue();
    ask(new Command.Open(ALICE, 1_000, "alice"));
    ask(enter(ALICE, 1));
    ask(new Command.Open(BOB, 60_000, "bob"));
    ask(enter(BOB, 1));

    // Nobody beats for Alice, and nobody asks for anything: time passes by ticks.
    assertThat(told.poll(60, TimeUnit.SECONDS)).isInstanceOf(Notice.Ended.class);
    assertThat(told.poll(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Notice.Granted.class, granted -> assertThat(granted.session()).isEqualTo(BOB));
    member.close();
    assertThat(leads.poll(10, TimeUnit.SECONDS)).isFalse();
    assertThat(member.stopped()).isCompleted();
  }
}
