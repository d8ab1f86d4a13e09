package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.servers.redis.RedisServer;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client with 10,000 tickets goes: nothing is left, and nobody else waits for that. */
@Timeout(180)
@Tag("full")
class ManyTicketsTest {

  private static final int TICKETS = 10_000;

  /** Far more than any script of ours takes, if the machine lets it run. */
  private static final long LONG_SCRIPT_MICROS = 20_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsLeftAndOthersAreServedMeanwhile(boolean closes) throws Exception {
    try (RedisServer server =
            Started.configured(
                directory,
                Map.of(),
                "slowlog-log-slower-than " + LONG_SCRIPT_MICROS,
                "slowlog-max-len 1000");
        BareStore store = new BareStore(server.address());
        BareStore others = new BareStore(server.address())) {
      BareStore.Session other = others.open();
      BareStore.Session session = store.open(closes ? BareStore.TTL : Duration.ofSeconds(10));
      enterAll(session);
      assertThat(server.look().tickets()).hasSize(TICKETS);
      Object reset = server.node().ask("SLOWLOG", "RESET");
      assertThat(reset).isEqualTo("OK");
      long before = scripts(server);
      CountDownLatch gone = new CountDownLatch(1);
      if (closes) {
        session.spi().end(counting(gone));
      } else {
        store.store().close();
      }
      int served = 0;
      boolean swept = false;
      long start = System.nanoTime();
      while (!swept) {
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(120));
        assertThat(other.number("other")).isPositive();
        served++;
        if (served % 50 == 0) {
          assertThat(other.beat()).isNotNull();
          swept = server.look().sessions() == 1;
        }
      }
      assertThat(served).isGreaterThanOrEqualTo(50);
      if (closes) {
        assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(other.end()).isTrue();
      assertThat(server.look().isEmpty()).isTrue();
      assertThat(scripts(server) - before).as("one script per ticket").isGreaterThan(TICKETS);
      // One that removed all would be long on any machine; a busy one holds up a few of many.
      List<?> slow = (List<?>) server.node().ask("SLOWLOG", "GET", "1000");
      assertThat(slow.stream().filter(one -> one.toString().contains("EVALSHA")).toList())
          .as("scripts longer than %d us", LONG_SCRIPT_MICROS)
          .hasSizeLessThan(TICKETS / 500);
    }
  }

  private static long scripts(RedisServer server) throws Exception {
    String said = (String) server.node().ask("INFO", "commandstats");
    String calls =
        ServerInfo.parse(said).field("cmdstat_evalsha").replaceAll("calls=(\\d+).*", "$1");
    return Long.parseLong(calls);
  }

  private static void enterAll(BareStore.Session session) throws Exception {
    CountDownLatch entered = new CountDownLatch(TICKETS);
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < TICKETS; i++) {
      Ask ask = Ask.exclusive(session.spi().id(), session.request(), "many", false);
      session
          .spi()
          .enter(
              LockName.of("lock " + i),
              ask,
              false,
              new Reply<>() {
                @Override
                public void done(TicketState value) {
                  entered.countDown();
                }

                @Override
                public void failed(StoreException failure) {
                  failed.incrementAndGet();
                  entered.countDown();
                }
              });
    }
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(failed).hasValue(0);
  }

  private static Reply<Boolean> counting(CountDownLatch gone) {
    return new Reply<>() {
      @Override
      public void done(Boolean value) {
        gone.countDown();
      }

      @Override
      public void failed(StoreException failure) {}
    };
  }
}
