package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.process.Ports;
import io.tyer.spi.Cancellable;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LinkTest {

  private static final Duration LONG = Duration.ofSeconds(90);

  /** What is to happen in a second or later does not happen. */
  private record Hasty(Surroundings inner) implements Surroundings {

    @Override
    public long nanoTime() {
      return inner.nanoTime();
    }

    @Override
    public long wallMillis() {
      return inner.wallMillis();
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
      return delayNanos < Duration.ofSeconds(1).toNanos()
          ? inner.schedule(delayNanos, task)
          : () -> {};
    }

    @Override
    public long nextLong() {
      return inner.nextLong();
    }

    @Override
    public void nextSecret(byte[] target) {
      inner.nextSecret(target);
    }

    @Override
    public Executor io() {
      return inner.io();
    }

    @Override
    public Executor callbacks() {
      return inner.callbacks();
    }

    @Override
    public void startThread(String purpose, Runnable task) {
      inner.startThread(purpose, task);
    }
  }

  private static final class Nothing implements Link.Events {
    @Override
    public void reconnected() {}

    @Override
    public void over(StoreException why) {}
  }

  @Test
  void eachRequestIsToldAtOnceThatNoMemberIsThere() throws Exception {
    int port = Ports.take();
    try (SystemSurroundings surroundings = new SystemSurroundings(null)) {
      Settings settings = new Settings(new Hasty(surroundings), LONG, LONG, LONG);
      ZooKeeperAddress address =
          ZooKeeperAddress.of(StoreAddress.parse("zookeeper://127.0.0.1:" + port));
      Link link = Link.to(address, settings, 30_000, new Nothing());
      for (int i = 0; i < 3; i++) {
        CompletableFuture<StoreException> failed = new CompletableFuture<>();
        link.send(failed::complete, live -> {});
        assertThat(failed.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNREACHABLE);
      }
      link.abandon();
    } finally {
      Ports.giveBack(port);
    }
  }
}
