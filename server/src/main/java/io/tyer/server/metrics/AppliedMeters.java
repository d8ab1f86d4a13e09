package io.tyer.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tyer.server.state.Outcome;
import io.tyer.server.state.Tally;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What applied entries came to. Entries and commands are counted at every member; the rest at the
 * one that leads, so that the sum over all members is the group's.
 */
final class AppliedMeters {

  /** Waits and holds are of any length, so these few are told apart. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  private final Counter entries;
  private final Counter commands;
  private final Counter grants;
  private final Counter expiries;
  private final Map<Outcome.Why, Counter> refusals = new EnumMap<>(Outcome.Why.class);
  private final Timer waits;
  private final Timer holds;

  AppliedMeters(MeterRegistry registry) {
    entries = counter(registry, "entries", "Entries of the log that were applied");
    commands = counter(registry, "commands", "Commands in entries that were applied");
    grants = counter(registry, "grants", "Tickets that were granted, at once or after a wait");
    expiries =
        counter(registry, "session.expiries", "Sessions that ended without a sign of life in time");
    for (Outcome.Why why : Outcome.Why.values()) {
      refusals.put(
          why,
          Counter.builder("tyer.server.refusals")
              .tag("reason", why.name().toLowerCase(Locale.ROOT))
              .description("Commands that had no effect, by the reason")
              .register(registry));
    }
    waits = timer(registry, "wait", "From a ticket's entry to its grant");
    holds = timer(registry, "hold", "From a ticket's grant to when it left");
  }

  private static Counter counter(MeterRegistry registry, String name, String help) {
    return Counter.builder("tyer.server." + name).description(help).register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String help) {
    return Timer.builder("tyer.server." + name)
        .description(help)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  void add(Tally tally, boolean leading) {
    entries.increment();
    commands.increment(tally.commands());
    if (!leading) {
      return;
    }
    if (tally.expired() > 0) {
      expiries.increment(tally.expired());
    }
    refusals.forEach((why, counter) -> counter.increment(tally.failed(why)));
    if (tally.granted() > 0) {
      grants.increment(tally.granted());
    }
    for (int i = 0; i < tally.granted(); i++) {
      waits.record(tally.waitMillis(i), TimeUnit.MILLISECONDS);
    }
    for (int i = 0; i < tally.left(); i++) {
      holds.record(tally.holdMillis(i), TimeUnit.MILLISECONDS);
    }
  }
}
