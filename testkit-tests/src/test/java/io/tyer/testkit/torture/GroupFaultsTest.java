package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupFaultsTest {

  private final Noting server = new Noting();
  private final Map<FaultKind, Fault> faults = ServerFaults.of(server);

  /** A group that notes what is done to it. */
  private static final class Noting implements StoreServer, ServerGroup {
    private final List<String> done = new ArrayList<>();
    private boolean broken;

    @Override
    public String address() {
      return "noting:";
    }

    @Override
    public Optional<ServerGroup> group() {
      return Optional.of(this);
    }

    @Override
    public void start() {
      done.add("start");
    }

    @Override
    public Optional<String> cannot(MemberHarm harm) {
      return harm == MemberHarm.DEAF ? Optional.of("it has no ears") : Optional.empty();
    }

    @Override
    public Harmed harmLeader(MemberHarm harm) throws IOException {
      if (broken) {
        throw new IOException("none leads");
      }
      done.add(harm.name());
      return new Harmed() {
        @Override
        public String member() {
          return "m1";
        }

        @Override
        public void undo() {
          done.add("undo");
        }
      };
    }

    @Override
    public void killAll() {
      done.add("kill all");
    }

    @Override
    public void restartEach() {
      done.add("restart");
    }

    @Override
    public Contents look() {
      return new Contents(new TreeMap<>(), 0);
    }

    @Override
    public void close() {}
  }

  private Optional<Fault.Injury> strike(FaultKind kind, double size) throws Exception {
    return Strikes.strike(faults, kind, 0, size);
  }

  @Test
  void aPartitionIsOneOfFiveByItsSize() throws Exception {
    for (double size : new double[] {0, 0.2, 0.4, 0.6, 0.999, 1}) {
      Fault.Injury injury = strike(FaultKind.SERVER_PARTITION, size).orElseThrow();
      assertThat(injury.description()).startsWith("m1: ");
      injury.heal();
    }
    server.done.removeIf("undo"::equals);
    assertThat(server.done)
        .containsExactly("ISOLATED", "CUT_OFF", "DEAF", "UNHEARD", "OUT_OF_REACH", "OUT_OF_REACH");
  }

  @Test
  void oneThingHappensAtATimeAndWhoCameFirstIsNext() throws Exception {
    Fault.Injury injury = strike(FaultKind.SERVER_KILL_ALL, 0).orElseThrow();
    assertThat(strike(FaultKind.SERVER_PARTITION, 0)).isEmpty();
    assertThat(strike(FaultKind.SERVER_RESTART, 0)).isEmpty();
    assertThat(strike(FaultKind.SERVER_PARTITION, 0)).isEmpty();
    injury.heal();
    assertThat(strike(FaultKind.SERVER_RESTART, 0)).isEmpty();
    strike(FaultKind.SERVER_PARTITION, 0).orElseThrow().heal();
    assertThat(strike(FaultKind.SERVER_RESTART, 0)).isPresent();
    assertThat(server.done).containsExactly("kill all", "start", "ISOLATED", "undo", "restart");
  }

  @Test
  void whatCouldNotStrikeHindersNothing() throws Exception {
    server.broken = true;
    assertThatThrownBy(() -> strike(FaultKind.DISK_FULL, 0)).hasMessageContaining("none leads");
    server.broken = false;
    assertThat(strike(FaultKind.DISK_FULL, 0)).isPresent();
  }

  @Test
  void whatAMemberCannotSufferIsLeftOutWithItsReason() {
    assertThat(
            GroupFaults.without(
                server,
                Set.of(FaultKind.SERVER_PARTITION, FaultKind.DISK_FULL, FaultKind.SERVER_RESTART)))
        .isEqualTo(Map.of(FaultKind.SERVER_PARTITION, "it has no ears"));
  }

  @Test
  void killsOfOneAndOfAllAreCountedTogether() {
    assertThat(
            FaultKind.kills(
                Map.of(
                    FaultKind.SERVER_KILL,
                    2,
                    FaultKind.SERVER_KILL_ALL,
                    1,
                    FaultKind.SERVER_PAUSE,
                    5)))
        .isEqualTo(3);
  }
}
