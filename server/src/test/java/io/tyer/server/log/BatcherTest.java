package io.tyer.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.HandTime;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import io.tyer.server.door.Log;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.MemoryIsUsedUp;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Applied;
import io.tyer.server.state.Command;
import io.tyer.server.state.Entry;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.MalformedEntryException;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private static final long BOUND = 1 << 30;
  private static final long QUEUE = 32 << 20;
  private static final Notice NOTICE = new Notice.Ended(new SessionId(1, 1), "test");

  private final HandTime clock = new HandTime();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Long> terms = new ArrayList<>();
  private final List<CompletableFuture<Object>> answers = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private long taken;
  private @Nullable Error thrown;
  private Set<TokenId> above = Set.of();
  private int adopted = 2;
  private final Admission admission =
      new Admission(
          new HeapBound(BOUND, QUEUE),
          new Admission.Taken() {
            @Override
            public long bytes() {
              return taken;
            }

            @Override
            public Set<TokenId> tokensAbove() {
              return above;
            }

            @Override
            public int adopted() {
              return adopted;
            }
          });
  private final Batcher batcher =
      new Batcher(
          this::append,
          clock,
          notices -> told.add("notices " + notices.size()),
          ReplicaMeter.NONE,
          admission);

  private CompletableFuture<Object> append(long term, byte[] bytes) {
    Error now = thrown;
    if (now != null) {
      throw now;
    }
    try {
      entries.add(EntryCodec.decode(bytes));
    } catch (MalformedEntryException e) {
      throw new AssertionError(e);
    }
    terms.add(term);
    told.add("entry " + entries.size());
    CompletableFuture<Object> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  private static Command attach(int session) {
    return new Command.Attach(new SessionId(0, session));
  }

  private static Command beat(int session) {
    return new Command.Beat(new SessionId(0, session));
  }

  private void leads(long term) {
    batcher.begins(term);
    assertThat(batcher.leads(term, List.of())).isTrue();
  }

  private Asked submit(Command command) {
    return Asked.of(this::submit, command);
  }

  private void submit(Command command, Answer answer) {
    batcher.submit(List.of(new Submission(command, answer)));
  }

  private void apply(int entry, Notice... notices) {
    List<Outcome> outcomes =
        Collections.nCopies(entries.get(entry).commands().size(), new Outcome.Nothing());
    answers.get(entry).complete(new Applied(outcomes, List.of(notices)));
  }

  @Test
  void whatComesTogetherGoesTogetherAndIsSentWhenAllOfItIsAnswered() {
    leads(7);
    List<String> heard = new ArrayList<>();
    List<Submission> together = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "answer " + i;
      together.add(
          new Submission(
              attach(i),
              new Answer() {
                @Override
                public void done(Outcome outcome) {
                  heard.add(name);
                }

                @Override
                public void failed(Replica.Failure failure, String message) {
                  heard.add(name + " " + failure);
                }

                @Override
                public void flush() {
                  heard.add("flush");
                }
              }));
    }
    batcher.submit(together);
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).hasSize(3);
    apply(0);
    assertThat(heard)
        .containsExactly("answer 0", "answer 1", "answer 2", "flush", "flush", "flush");
    batcher.follows();
    batcher.submit(together);
    assertThat(heard.subList(6, 9))
        .containsExactly("answer 0 NOT_LEADING", "answer 1 NOT_LEADING", "answer 2 NOT_LEADING");
  }

  @Test
  void whatComesMeanwhileGoesTogether() throws Exception {
    leads(7);
    for (int i = 0; i < 100; i++) {
      submit(attach(i));
    }
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).hasSize(1);

    apply(0);

    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).commands()).hasSize(99);
    assertThat(entries.get(1).commands().get(0)).isEqualTo(attach(1));
    assertThat(entries.get(1).commands().get(98)).isEqualTo(attach(99));
  }

  @Test
  void nextEntryLeavesBeforeAnswersAndNoticesCome() {
    leads(7);
    submit(attach(1), telling("first"));
    submit(attach(2), telling("second"));

    apply(0, NOTICE);
    apply(1);

    assertThat(told)
        .containsExactly("entry 1", "entry 2", "first done", "notices 1", "second done");
  }

  @Test
  void anAnswerThatFindsNoMemoryKeepsNobodyElsesBack() throws Exception {
    leads(7);
    submit(attach(0));
    try (MemoryIsUsedUp memory = new MemoryIsUsedUp();
        Log log = new Log()) {
      submit(attach(1), failing(memory, "done"));
      Asked second = submit(attach(2));
      submit(attach(3), failing(memory, "flush"));
      Asked fourth = submit(attach(4));
      apply(0);
      apply(1, NOTICE);
      assertThat(second.failure()).isEmpty();
      assertThat(fourth.failure()).isEmpty();
      assertThat(told).contains("notices 1");
      memory.isTold();
      assertThat(log.text()).contains("as the test says");
    }
    batcher.follows();
    try (MemoryIsUsedUp memory = new MemoryIsUsedUp();
        Log log = new Log()) {
      submit(attach(5), failing(memory, "failed"));
      memory.isTold();
      assertThat(log.text()).contains("as the test says");
    }
    leads(9);
    Asked later = submit(attach(6));
    apply(2);
    assertThat(later.failure()).isEmpty();
  }

  private static Answer failing(MemoryIsUsedUp memory, String where) {
    return new Answer() {
      @Override
      public void done(Outcome outcome) {
        in("done");
      }

      @Override
      public void failed(Replica.Failure failure, String message) {
        in("failed");
      }

      @Override
      public void flush() {
        in("flush");
      }

      private void in(String method) {
        if (method.equals(where)) {
          throw memory.error();
        }
      }
    };
  }

  @Test
  void anEntryThatFindsNoMemoryKeepsNoLaterOneBack() throws Exception {
    leads(7);
    try (MemoryIsUsedUp memory = new MemoryIsUsedUp();
        Log log = new Log()) {
      thrown = memory.error();
      Asked asked = submit(attach(1));
      assertThat(asked.failure()).contains(Replica.Failure.UNKNOWN);
      memory.isTold();
      assertThat(log.text()).contains("as the test says");
    }
    thrown = null;
    Asked later = submit(attach(2));
    apply(0);
    assertThat(later.failure()).isEmpty();
  }

  private Answer telling(String name) {
    return new Answer() {
      @Override
      public void done(Outcome outcome) {
        told.add(name + " done");
      }

      @Override
      public void failed(Replica.Failure failure, String message) {
        told.add(name + " " + failure);
      }
    };
  }

  @Test
  void nothingIsTakenWithoutTheLead() throws Exception {
    assertThat(submit(attach(1)).failure()).contains(Replica.Failure.NOT_LEADING);
    leads(7);
    batcher.follows();
    assertThat(submit(attach(1)).failure()).contains(Replica.Failure.NOT_LEADING);
    batcher.tick();
    assertThat(entries).isEmpty();
  }

  @Test
  void onlyWhatWasOnItsWayIsUnknownWhenTheLeadIsLost() throws Exception {
    leads(7);
    Asked proposed = submit(attach(1));
    Asked waiting = submit(attach(2));

    batcher.follows();
    answers.get(0).completeExceptionally(new IllegalStateException("the lead is lost"));

    assertThat(proposed.failure()).contains(Replica.Failure.UNKNOWN);
    assertThat(waiting.failure()).contains(Replica.Failure.NOT_LEADING);
  }

  @Test
  void whatIsSurelyNotInTheLogHadNoEffect() throws Exception {
    leads(7);
    Asked proposed = submit(attach(1));
    Asked waiting = submit(attach(2));

    answers.get(0).completeExceptionally(new NotAppendedException("no leader"));

    assertThat(proposed.failure()).contains(Replica.Failure.NOT_LEADING);
    assertThat(waiting.failure()).contains(Replica.Failure.NOT_LEADING);
    Asked later = submit(attach(3));
    apply(1);
    assertThat(later.failure()).isEmpty();
  }

  private static Command.Enter entering(int session, String owner) {
    Ask ask = Ask.exclusive(new SessionId(0, session), new RequestId(1, 1), owner, false);
    return new Command.Enter(new Command.Place(1, 1), LockName.of("x"), ask, false);
  }

  private static Outcome.Ticket ticket(TicketState state) {
    return new Outcome.Ticket(state);
  }

  private void apply(int entry, Outcome outcome) {
    answers.get(entry).complete(new Applied(List.of(outcome), List.of()));
  }

  private static void isRefused(Outcome outcome, String why) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).why()).isEqualTo(Outcome.Why.REFUSED);
    assertThat(((Outcome.Failed) outcome).message()).contains(why);
  }

  @Test
  void whatTheHeapCannotHoldIsRefusedBeforeTheLog() throws Exception {
    leads(7);
    taken = BOUND;
    Asked opened = submit(new Command.Open(new SessionId(0, 1), 10_000, "owner"));
    isRefused(opened.get(), "heap holds 1024 MiB");
    assertThat(entries).isEmpty();
    Asked left =
        submit(
            new Command.Leave(
                new SessionId(0, 1),
                new Command.Place(2, 1),
                LockName.of("x"),
                new RequestId(1, 1),
                0));
    assertThat(entries.get(0).commands()).hasSize(1);
    apply(0);
    assertThat(left.get()).isEqualTo(new Outcome.Nothing());
    taken = BOUND - 10_000;
    submit(new Command.Open(new SessionId(0, 1), 10_000, "owner"));
    assertThat(entries).hasSize(2);
  }

  @Test
  void whoHasEnteredBeforeIsToldItsTicketThoughTheHeapIsFull() throws Exception {
    leads(7);
    taken = BOUND;
    Asked known = submit(entering(1, "a"));
    assertThat(entries.get(0).commands())
        .containsExactly(
            new Command.Check(new SessionId(0, 1), LockName.of("x"), new RequestId(1, 1), 0));
    Outcome.Ticket granted = ticket(new TicketState.Granted(5, false, 0));
    apply(0, granted);
    assertThat(known.get()).isEqualTo(granted);
    Asked unknown = submit(entering(1, "a"));
    apply(1, ticket(new TicketState.Gone()));
    isRefused(unknown.get(), "heap holds");
  }

  @Test
  void whatWaitsCountsAsIfItWereApplied() {
    leads(7);
    taken = BOUND - 20_000;
    submit(attach(1));
    for (int i = 0; i < 100; i++) {
      submit(entering(i, "a"));
    }
    apply(0);
    List<Command> next = entries.get(1).commands();
    assertThat(next).filteredOn(Command.Enter.class::isInstance).hasSizeBetween(10, 40);
    assertThat(next).filteredOn(Command.Check.class::isInstance).hasSizeBetween(60, 90);
  }

  @Test
  void aTokenThatHasItsShareLeavesTheRestToOthers() throws Exception {
    leads(7);
    TokenId greedy = new TokenId(1);
    above = Set.of(greedy);
    Asked asked = new Asked();
    batcher.submit(List.of(new Submission(entering(1, "a"), asked, greedy)));
    apply(0, ticket(new TicketState.Gone()));
    isRefused(asked.get(), "512 MiB");
    isRefused(submit(new Command.Open(new SessionId(0, 1), 10_000, "", greedy)).get(), "512 MiB");
    submit(new Command.Open(new SessionId(0, 1), 10_000, "", new TokenId(2)));
    submit(new Command.Open(new SessionId(0, 1), 10_000, ""));
    assertThat(entries).hasSize(2);
  }

  @Test
  void whatMembersMayNotKnowIsRefusedUntilAllAreUpgraded() throws Exception {
    leads(7);
    AccessToken token =
        new AccessToken(
            new TokenId(5),
            new SecretHash(1, 2, 3, 4),
            "",
            List.of(Grant.parse("acquire")),
            new Quotas(0, 0, 0, 0, 1_000),
            0,
            0);
    isRefused(submit(new Command.CreateToken(token, TokenId.NONE)).get(), "upgrade all");
    assertThat(entries).isEmpty();
    adopted = 3;
    submit(new Command.CreateToken(token, TokenId.NONE));
    assertThat(entries).hasSize(1);
  }

  @Test
  void whatWaitsIsBoundedInBytesToo() throws Exception {
    leads(7);
    submit(attach(1));
    List<Asked> all = new ArrayList<>();
    while (all.size() < Batcher.MAX_QUEUED) {
      Asked one = submit(entering(all.size(), "x".repeat(256)));
      all.add(one);
      if (one.isDone()) {
        break;
      }
    }
    assertThat(all.get(all.size() - 1).failure()).contains(Replica.Failure.BUSY);
    assertThat(batcher.queued()).isLessThan(Batcher.MAX_QUEUED);
  }

  @Test
  void queueIsBounded() throws Exception {
    leads(7);
    submit(attach(0));
    List<Asked> waiting = new ArrayList<>();
    for (int i = 0; i < Batcher.MAX_QUEUED; i++) {
      waiting.add(submit(attach(i)));
    }

    assertThat(submit(attach(1)).failure()).contains(Replica.Failure.BUSY);

    apply(0);
    assertThat(entries.get(1).commands()).hasSize(Batcher.MAX_COMMANDS);
    assertThat(submit(attach(1)).isDone()).isFalse();
    assertThat(waiting).noneMatch(Asked::isDone);
  }

  @Test
  void closingAnswersAll() throws Exception {
    leads(7);
    Asked proposed = submit(attach(1));
    Asked waiting = submit(attach(2));

    batcher.close();
    answers.get(0).completeExceptionally(new IllegalStateException("closed"));

    assertThat(proposed.failure()).contains(Replica.Failure.UNKNOWN);
    assertThat(waiting.failure()).contains(Replica.Failure.UNKNOWN);
    assertThat(submit(attach(3)).failure()).contains(Replica.Failure.NOT_LEADING);
  }

  @Test
  void largeCommandsAreSpreadOverEntriesInTheirOrder() throws Exception {
    leads(7);
    submit(attach(0));
    List<Command> large = new ArrayList<>();
    for (int i = 0; i < Batcher.MAX_COMMANDS; i++) {
      large.add(enter(i, "ä".repeat(256)));
      submit(large.get(i));
    }

    List<Command> proposed = new ArrayList<>();
    apply(0);
    for (int i = 1; i < entries.size(); i++) {
      assertThat(EntryCodec.encode(entries.get(i))).hasSizeLessThanOrEqualTo(Batcher.MAX_BYTES);
      proposed.addAll(entries.get(i).commands());
      apply(i);
    }
    assertThat(proposed).isEqualTo(large);
    assertThat(entries.size()).isBetween(2, 10);
  }

  @Test
  void commandThatIsTooLargeIsRefusedAlone() throws Exception {
    leads(7);
    Asked large = submit(new Command.List("x".repeat(Batcher.MAX_BYTES), "", 1));
    assertThat(large.get())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.why()).isEqualTo(Outcome.Why.REFUSED));
    Asked next = submit(attach(1));
    apply(0);
    assertThat(next.failure()).isEmpty();
  }

  @Test
  void beatsWaitForEachOther() {
    leads(7);
    submit(beat(1));
    clock.pass(Batcher.BEATS_WAIT_NANOS - 1, TimeUnit.NANOSECONDS);
    submit(beat(2));
    assertThat(entries).isEmpty();
    clock.pass(1, TimeUnit.NANOSECONDS);
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).containsExactly(beat(1), beat(2));

    submit(beat(3));
    apply(0);
    assertThat(entries).as("the third waits from then on").hasSize(1);
    clock.pass(Batcher.BEATS_WAIT_NANOS, TimeUnit.NANOSECONDS);
    assertThat(entries).hasSize(2);
  }

  @Test
  void whatIsUrgentTakesBeatsAlong() {
    leads(7);
    submit(beat(1));
    submit(attach(2));
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).containsExactly(beat(1), attach(2));
    apply(0);
    clock.pass(1, TimeUnit.SECONDS);
    assertThat(entries).as("nothing waits any more").hasSize(1);
  }

  @Test
  void beatsThatWaitedWhileAnEntryWasOnItsWayGoWithTheNext() {
    leads(7);
    submit(beat(1));
    submit(attach(2));
    submit(beat(3));
    submit(attach(4));
    apply(0);
    assertThat(entries.get(1).commands()).containsExactly(beat(3), attach(4));
    submit(beat(5));
    clock.pass(1, TimeUnit.SECONDS);
    assertThat(entries).as("one at a time").hasSize(2);
    apply(1);
    assertThat(entries.get(2).commands()).containsExactly(beat(5));
  }

  @Test
  void beatsThatWaitAreAnsweredWhenTheLeadIsLost() throws Exception {
    leads(7);
    Asked waiting = submit(beat(1));
    batcher.follows();
    assertThat(waiting.failure()).contains(Replica.Failure.NOT_LEADING);
    leads(9);
    submit(beat(2));
    clock.pass(1, TimeUnit.SECONDS);
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).containsExactly(beat(2));
    assertThat(terms).containsExactly(9L);
  }

  private static Command enter(int i, String owner) {
    Ask ask = Ask.exclusive(new SessionId(0, i), new RequestId(0, i), owner, false);
    LockName name = LockName.of("ö".repeat(250) + i);
    return new Command.Enter(new Command.Place(1, 0), name, ask, false);
  }

  @Test
  void timeNeverRunsAheadHoweverItPasses() {
    Random random = new Random(7);
    leads(7);
    long begun = clock.nanoTime();
    long stamped = 0;
    for (int i = 0; i < 10_000; i++) {
      clock.pass(random.nextInt(3_000_000), TimeUnit.NANOSECONDS);
      submit(attach(1));
      stamped += entries.get(i).elapsedMillis();
      assertThat(stamped * 1_000_000).isLessThanOrEqualTo(clock.nanoTime() - begun);
      apply(i);
    }
    assertThat(clock.nanoTime() - begun - stamped * 1_000_000)
        .as("what is left over is less than a millisecond")
        .isLessThan(1_000_000);
  }

  @Test
  void pauseOfTheLeaderEndsNoSession() {
    leads(7);
    clock.pass(1, TimeUnit.HOURS);
    batcher.tick();
    apply(0);
    batcher.tick();
    assertThat(entries.get(0).elapsedMillis()).isEqualTo(500);
    assertThat(entries.get(1).elapsedMillis()).isZero();
  }

  @Test
  void timeStandsStillWithoutTheLead() {
    leads(7);
    clock.pass(100, TimeUnit.MILLISECONDS);
    batcher.follows();
    clock.pass(10, TimeUnit.SECONDS);
    leads(9);
    clock.pass(7, TimeUnit.MILLISECONDS);
    batcher.tick();
    assertThat(entries.get(0).elapsedMillis()).isEqualTo(7);
    assertThat(terms).containsExactly(9L);
  }

  @Test
  void tickIsForIdleTimesOnly() {
    leads(7);
    batcher.tick();
    batcher.tick();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).commands()).isEqualTo(List.of(new Command.Tick()));
    apply(0);
    assertThat(entries).hasSize(1);
    assertThat(Optional.of(told)).hasValueSatisfying(all -> assertThat(all).hasSize(1));
  }

  @Test
  void whatALeadBeginsWithGoesFirstAndByItself() throws Exception {
    Command first = new Command.RaiseNumbers(7);
    batcher.begins(7);
    submit(attach(1));
    assertThat(entries).as("not yet").isEmpty();
    assertThat(batcher.leads(7, List.of(first))).isTrue();
    Asked asked = submit(attach(1));
    assertThat(entries.get(0).commands()).containsExactly(first);
    apply(0);
    assertThat(entries.get(1).commands()).containsExactly(attach(1));
    apply(1);
    assertThat(asked.failure()).isEmpty();
  }

  @Test
  void whatALeadBeginsWithIsNotLeftOut() {
    Command first = new Command.RaiseNumbers(7);
    batcher.begins(7);
    assertThat(batcher.leads(7, List.of(first))).isTrue();
    answers.get(0).completeExceptionally(new NotAppendedException("too much at once"));
    submit(attach(1));
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).commands()).containsExactly(first);
  }

  @Test
  void aLeadThatIsOverBeforeItCouldBeginTakesNothing() {
    batcher.begins(7);
    batcher.follows();
    assertThat(batcher.leads(7, List.of(new Command.RaiseNumbers(7)))).isFalse();
    batcher.begins(9);
    assertThat(batcher.leads(7, List.of(new Command.RaiseNumbers(7)))).isFalse();
    submit(attach(1));
    assertThat(entries).isEmpty();
  }

  @Test
  void aClockThatIsFarAheadLeavesNumbers() {
    clock.setWall(4_102_444_800_000L);
    leads(7);
    batcher.tick();
    assertThat(entries.get(0).wallMillis()).isEqualTo(Opening.LAST_MILLIS);
  }
}
