package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServerFaultsTest {

  private final Sleeping server = new Sleeping();
  private final Map<FaultKind, Fault> faults = ServerFaults.of(server);

  @AfterEach
  void close() {
    server.close();
  }

  /** A process that does nothing. */
  private static final class Sleeping implements StoreServer {
    private Process process = begin();

    private static Process begin() {
      try {
        return new ProcessBuilder("sleep", "300").start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String address() {
      return "sleeping:";
    }

    @Override
    public boolean hasProcess() {
      return true;
    }

    @Override
    public OptionalLong pid() {
      return process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    @Override
    public void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void start() {
      process = begin();
    }

    @Override
    public Contents look() {
      return new Contents(new TreeMap<>(), 0);
    }

    @Override
    public void close() {
      kill();
    }
  }

  @Test
  void aKilledServerIsGoneUntilItIsHealed() throws Exception {
    Fault.Injury injury = Strikes.strike(faults, FaultKind.SERVER_KILL, 0, 0.5).orElseThrow();
    assertThat(server.pid()).isEmpty();
    assertThat(Strikes.strike(faults, FaultKind.SERVER_PAUSE, 0, 0.5)).isEmpty();
    injury.heal();
    assertThat(server.pid()).isPresent();
  }

  @Test
  void aPausedServerStandsStillUntilItIsHealed() throws Exception {
    long pid = server.pid().orElseThrow();
    Fault.Injury injury = Strikes.strike(faults, FaultKind.SERVER_PAUSE, 0, 0.5).orElseThrow();
    Signals never = new Signals();
    for (int i = 0; i < 500 && ProcessState.of(pid) != 'T'; i++) {
      never.pause(10_000_000);
    }
    assertThat(ProcessState.of(pid)).isEqualTo('T');
    injury.heal();
    for (int i = 0; i < 500 && ProcessState.of(pid) == 'T'; i++) {
      never.pause(10_000_000);
    }
    assertThat(ProcessState.of(pid)).isNotEqualTo('T');
  }
}
