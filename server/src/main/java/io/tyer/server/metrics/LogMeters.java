package io.tyer.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the log does: leads, entries on their way, snapshots. */
final class LogMeters {

  private final Counter leads;
  private final Counter clockRefused;
  private final Timer append;
  private final DistributionSummary entry;
  private final Timer snapshot;
  private final DistributionSummary snapshotSize;

  LogMeters(MeterRegistry registry) {
    leads =
        Counter.builder("tyer.server.leads")
            .description("How often this member has begun to lead")
            .register(registry);
    clockRefused =
        Counter.builder("tyer.server.clock.refused")
            .description("How often a lead began whose clock was wrong, or not confirmed by most")
            .register(registry);
    append =
        Timer.builder("tyer.server.append")
            .description("From an entry's proposal to when it was applied, at the leader")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    entry =
        DistributionSummary.builder("tyer.server.entry")
            .baseUnit("commands")
            .description("Commands of one entry, at the leader")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1_024)
            .register(registry);
    snapshot =
        Timer.builder("tyer.server.snapshot")
            .description("From a snapshot's moment to when it was sure to survive")
            .register(registry);
    snapshotSize =
        DistributionSummary.builder("tyer.server.snapshot.size")
            .baseUnit("bytes")
            .description("Bytes of a snapshot")
            .register(registry);
  }

  void leads() {
    leads.increment();
  }

  void clockRefused() {
    clockRefused.increment();
  }

  void appended(int commands, long nanos) {
    append.record(nanos, TimeUnit.NANOSECONDS);
    entry.record(commands);
  }

  void snapshot(long nanos, long bytes) {
    snapshot.record(nanos, TimeUnit.NANOSECONDS);
    snapshotSize.record((double) bytes);
  }
}
