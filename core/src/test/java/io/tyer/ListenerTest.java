package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ListenerTest {

  /** Writes down what it hears, and fails each time: that must not matter. */
  private static final class Recorder implements TyerListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    private void hear(String what) {
      heard.add(what);
      throw new IllegalStateException("a listener's own fault");
    }

    @Override
    public void waited(String name, WaitEnd end, Duration waited) {
      assertThat(waited).isBetween(Duration.ZERO, Duration.ofSeconds(30));
      hear("waited " + name + " " + end);
    }

    @Override
    public void held(String name, Duration held) {
      assertThat(held).isBetween(Duration.ZERO, Duration.ofSeconds(30));
      hear("held " + name);
    }

    @Override
    public void lost(String name, LossCause cause) {
      hear("lost " + name + " " + cause);
    }

    @Override
    public void baton(String name) {
      hear("baton " + name);
    }

    @Override
    public void storeCall(String operation, Duration took, boolean succeeded) {
      assertThat(took).isBetween(Duration.ZERO, Duration.ofSeconds(30));
      hear(operation + " " + succeeded);
    }
  }

  @Test
  void hearsWaitsHoldsLossesBatonsAndStoreCalls() throws Exception {
    Recorder recorder = new Recorder();
    Tyer tyer =
        Tyer.builder("memory:" + UUID.randomUUID())
            .option(TyerOption.BATON_TIME, "30s")
            .listener(recorder)
            .open();
    Lease first = tyer.lock("a").acquire();
    assertThat(tyer.lock("a").tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> second = tyer.lock("a").acquireAsync();
    CompletableFuture<Lease> third = tyer.lock("a").acquireAsync();
    third.cancel(false);
    first.close();
    assertThat(second.get(60, TimeUnit.SECONDS).isValid()).isTrue();
    tyer.close();
    assertThat(recorder.heard)
        .containsSubsequence(
            "open true",
            "enter true",
            "waited a GRANTED",
            "waited a BUSY",
            "waited a CANCELLED",
            "held a",
            "baton a",
            "waited a GRANTED",
            "end true")
        .contains("lost a CLOSED");
  }
}
