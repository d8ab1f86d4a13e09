package io.tyer.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tyer.server.state.Outcome;
import io.tyer.server.state.Tally;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What applied entries came to. Entries and commands are counted at every member; the rest at the
 * one that leads, so that the sum over all members is the group's.
 */
final class AppliedMeters {

  private final Counter entries;
  private final Counter commands;
  private final Counter grants;
  private final Counter expiries;
  private final Map<Outcome.Why, Counter> refusals = new EnumMap<>(Outcome.Why.class);
  private final SpanHistogram waits;
  private final SpanHistogram holds;

  AppliedMeters(PrometheusMeterRegistry registry) {
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
    waits =
        SpanHistogram.in(
            registry.getPrometheusRegistry(),
            "tyer_server_wait",
            "From a ticket's entry to its grant");
    holds =
        SpanHistogram.in(
            registry.getPrometheusRegistry(),
            "tyer_server_hold",
            "From a ticket's grant to when it left");
  }

  private static Counter counter(MeterRegistry registry, String name, String help) {
    return Counter.builder("tyer.server." + name).description(help).register(registry);
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
    if (tally.failed() > 0) {
      refusals.forEach((why, counter) -> counter.increment(tally.failed(why)));
    }
    if (tally.waits().count() > 0) {
      grants.increment(tally.waits().count());
    }
    waits.add(tally.waits());
    holds.add(tally.holds());
  }
}
