package io.tyer.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import io.tyer.spi.TicketState;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member alone whose log is not what it was: S2 holds, or the member does not start. */
@Timeout(120)
class CutLogTest {

  private static final SessionId SESSION = new SessionId(1, 1);
  private static final MemberInfo ALONE = new MemberInfo("a", "", "a.example:1");

  @TempDir Path root;

  private final SystemSurroundings system = new SystemSurroundings(null);
  private final ShiftedClock clock = new ShiftedClock(system);

  @AfterEach
  void close() {
    system.close();
  }

  private Member start(boolean acceptsLoss) throws IOException {
    MemberConfig config =
        new MemberConfig(
            root,
            "test",
            ALONE,
            List.of(ALONE),
            Optional.empty(),
            MemberConfig.ELECTION_TIMEOUT,
            MemberConfig.SNAPSHOT_EVERY,
            acceptsLoss,
            HeapBound.ofThisProcess());
    return Member.start(config, Ratis.engine(), clock);
  }

  private static Outcome ask(Member member, Command command) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      Asked asked = Asked.of(member::submit, command);
      if (asked.failure().isEmpty()) {
        return asked.get();
      }
      assertThat(System.nanoTime() - deadline).as("it does not lead").isNegative();
      Thread.onSpinWait();
    }
  }

  /** Opens a session, where there is none, and takes a lock of this name. */
  private static long number(Member member, int name) throws Exception {
    ask(member, new Command.Open(SESSION, 60_000, "test"));
    Ask ask = Ask.exclusive(SESSION, new RequestId(3, name), "test", false);
    Command enter =
        new Command.Enter(new Command.Place(name, 0), LockName.of("lock " + name), ask, false);
    Outcome outcome = ask(member, enter);
    return ((TicketState.Granted) ((Outcome.Ticket) outcome).state()).number();
  }

  private long fill(int names) throws Exception {
    try (Member member = start(false)) {
      long last = 0;
      for (int i = 1; i <= names; i++) {
        last = number(member, i);
      }
      return last;
    }
  }

  private void cut() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      Path log =
          files
              .filter(file -> file.getFileName().toString().matches("log_(inprogress_)?\\d.*"))
              .findAny()
              .orElseThrow();
      try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
        // It ends with zeros, for which room was taken beforehand.
        long end = bytes.length();
        while (end > 0 && zero(bytes, end - 1)) {
          end--;
        }
        bytes.setLength(end / 2);
      }
    }
  }

  private static boolean zero(RandomAccessFile bytes, long at) throws IOException {
    bytes.seek(at);
    return bytes.read() == 0;
  }

  @Test
  void whatWasPromisedIsNotForgottenSilentlyHoweverOftenItIsStarted() throws Exception {
    long before = fill(60);
    cut();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> start(false).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the log has lost its end")
          .hasMessageContaining("Locks, releases and access tokens")
          .hasMessageContaining("--accept-loss");
    }
    try (Member member = start(true)) {
      assertThat(number(member, 100)).isGreaterThan(before);
    }
    try (Member member = start(false)) {
      assertThat(number(member, 101)).as("it is accepted once").isGreaterThan(before);
    }
  }

  @Test
  void numbersGrowOverALossWhereTheClockHasGoneBack() throws Exception {
    long before = fill(60);
    cut();
    clock.shift(-TimeUnit.DAYS.toMillis(400));
    try (Member member = start(true)) {
      assertThat(number(member, 100)).isGreaterThan(before);
    }
  }

  @Test
  void numbersGrowOverALossThatNothingTells() throws Exception {
    long before = fill(60);
    cut();
    Files.delete(root.resolve("tyer-promised"));
    try (Member member = start(false)) {
      assertThat(number(member, 100)).isGreaterThan(before);
    }
  }

  @Test
  void aClockInTheYear2100EndsNoNumbers() throws Exception {
    long before = fill(2);
    clock.shift(TimeUnit.DAYS.toMillis(74 * 365));
    try (Member member = start(false)) {
      assertThat(number(member, 3)).isEqualTo(before + 1);
    }
  }

  @Test
  void whatIsWholeStarts() throws Exception {
    long before = fill(3);
    try (Member member = start(false)) {
      assertThat(number(member, 4)).isGreaterThan(before);
      member.snapshot().get(60, TimeUnit.SECONDS);
    }
    start(false).close();
    start(false).close();
  }

  /** Surroundings with another wall clock. */
  private static final class ShiftedClock implements Surroundings {
    private final Surroundings of;
    private volatile long shift;

    ShiftedClock(Surroundings of) {
      this.of = of;
    }

    void shift(long millis) {
      shift = millis;
    }

    @Override
    public long nanoTime() {
      return of.nanoTime();
    }

    @Override
    public long wallMillis() {
      return of.wallMillis() + shift;
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
      return of.schedule(delayNanos, task);
    }

    @Override
    public Executor io() {
      return of.io();
    }

    @Override
    public Executor callbacks() {
      return of.callbacks();
    }

    @Override
    public long nextLong() {
      return of.nextLong();
    }

    @Override
    public void nextSecret(byte[] target) {
      of.nextSecret(target);
    }

    @Override
    public void startThread(String purpose, Runnable task) {
      of.startThread(purpose, task);
    }
  }
}
