package io.tyer.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.SessionId;
import io.tyer.server.HandTime;
import io.tyer.server.door.Log;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.MemoryIsUsedUp;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.state.Command;
import io.tyer.server.state.Notice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a lead begins and ends, by a log that does what the test says. */
class LeadTest {

  private static final MemberInfo SELF = new MemberInfo("a", "", "a:1");

  private final HandTime time = new HandTime();
  private final List<Boolean> told = new ArrayList<>();
  private final Scripted log = new Scripted();
  private Member member;

  @BeforeEach
  void start() throws IOException {
    member =
        Member.start(
            MemberConfig.of(Path.of("none"), "test", SELF, List.of(SELF)),
            (config, machine) -> {
              log.machine = machine;
              return log;
            },
            time);
    member.listen(
        new ReplicaListener() {
          @Override
          public void notices(List<Notice> notices) {}

          @Override
          public void leading(boolean leading) {
            told.add(leading);
          }
        });
  }

  @AfterEach
  void stop() {
    member.close();
  }

  private Asked ask() {
    return Asked.of(member::submit, new Command.Open(new SessionId(1, 1), 60_000, "owner"));
  }

  @Test
  void aLeadThatCannotBeginIsHandedOverAndElseBegunLater() throws Exception {
    try (Log lines = new Log();
        MemoryIsUsedUp memory = new MemoryIsUsedUp()) {
      log.broken = memory.error();
      log.machine().leads(7);
      assertThat(log.handOvers).isEqualTo(1);
      assertThat(lines.text()).contains("could not begin to lead");
      memory.isTold();
      assertThat(ask().failure()).contains(Replica.Failure.NOT_LEADING);
      assertThat(told).isEmpty();
      time.pass(1_000);
      assertThat(log.handOvers).as("nobody took it").isGreaterThan(1);
    }
    log.broken = null;
    time.pass(1_000);
    assertThat(told).containsExactly(true);
    Asked asked = ask();
    assertThat(asked.isDone()).as("taken").isFalse();
    int handOvers = log.handOvers;
    time.pass(10_000);
    assertThat(log.handOvers).isEqualTo(handOvers);
  }

  @Test
  void aLeadThatWasHandedOverIsNotBegun() throws Exception {
    try (Log lines = new Log()) {
      log.broken = new AssertionError("as the test says");
      log.whenHandedOver = () -> log.machine().follows();
      log.machine().leads(7);
      log.broken = null;
      time.pass(10_000);
      assertThat(lines.text()).contains("as the test says");
    }
    assertThat(told).containsOnly(false);
    assertThat(ask().failure()).contains(Replica.Failure.NOT_LEADING);
  }

  @Test
  void theEndOfALeadIsNotToldInALaterOne() {
    // While the first entry of the lead is proposed, that is lost and comes again.
    log.whenAppended =
        () -> {
          log.whenAppended = () -> {};
          log.machine().follows();
          log.machine().leads(9);
        };
    log.machine().leads(7);
    assertThat(told).endsWith(true);
    log.machine().follows();
    assertThat(told).endsWith(true, false);
  }

  /** Appends, and applies nothing. */
  private static final class Scripted implements ReplicatedLog {

    private @Nullable LogMachine machine;
    private @Nullable Error broken;
    private Runnable whenAppended = () -> {};
    private Runnable whenHandedOver = () -> {};
    private int handOvers;

    LogMachine machine() {
      return Objects.requireNonNull(machine);
    }

    @Override
    public CompletableFuture<Object> append(long term, byte[] entry) {
      whenAppended.run();
      return new CompletableFuture<>();
    }

    @Override
    public LogStatus status() {
      Error now = broken;
      if (now != null) {
        throw now;
      }
      return new LogStatus(Optional.of(SELF), true, 1, 1, List.of(SELF));
    }

    @Override
    public CompletableFuture<Void> handOver() {
      handOvers++;
      whenHandedOver.run();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> add(MemberInfo member) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> remove(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> transfer(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<PeerClock>> clocks() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public long promised() {
      return 0;
    }

    @Override
    public CompletableFuture<Long> snapshot() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> stopped() {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }
}
