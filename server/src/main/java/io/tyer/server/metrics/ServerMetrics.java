package io.tyer.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.state.Tally;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one member does and has, in numbers. Their names begin with {@code tyer_server_}; their
 * labels are few and fixed: nothing that clients choose is among them.
 */
public final class ServerMetrics implements ReplicaMeter, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AppliedMeters applied = new AppliedMeters(registry);
  private final LogMeters log = new LogMeters(registry);
  private final JvmMeters jvm = new JvmMeters(registry);
  private volatile @Nullable Supplier<Readings> source;

  /** Of this scrape, or of the last one. */
  private volatile @Nullable Readings readings;

  /** Reads there, at each scrape, how much there is; until then nothing is told of it. */
  public void read(Supplier<Readings> from) {
    source = from;
    gauge("leading", "1 if this member leads, else 0", r -> r.status().leading() ? 1 : 0);
    gauge(
        "leader.known",
        "1 if this member knows who leads, else 0",
        r -> r.status().leader().isPresent() ? 1 : 0);
    gauge("term", "The term of the lead, as this member knows it", r -> r.status().term());
    gauge(
        "applied.index",
        "The place of the last applied entry in the log",
        r -> r.status().applied());
    gauge("members", "Members of the group", r -> r.status().members().size());
    gauge("sessions", "Sessions that are alive", r -> r.status().sessions());
    gauge("lines", "Locks that somebody holds or waits for", r -> r.load().lines());
    gauge("tickets", "Tickets in all lines, granted and waiting", r -> r.status().tickets());
    gauge("tickets.waiting", "Tickets that wait", r -> r.load().waiting());
    gauge(
        "queue.commands", "Commands that wait for an entry, at the leader", r -> r.load().queued());
    gauge(
        "heap.taken",
        "About how many bytes of heap sessions, tickets and access tokens take",
        r -> r.load().heapBytes());
    gauge(
        "heap.most",
        "How many they may take: a leader refuses what would be more",
        r -> r.load().mostHeapBytes());
    gauge("connections", "Clients' connections", Readings::connections);
    gauge("streams", "Sessions' streams", Readings::streams);
    gauge("calls", "Calls of one request that are being answered", Readings::calls);
  }

  private void gauge(String name, String help, ToDoubleFunction<Readings> value) {
    Gauge.builder(
            "tyer.server." + name,
            this,
            metrics -> {
              Readings now = metrics.readings;
              return now == null ? Double.NaN : value.applyAsDouble(now);
            })
        .description(help)
        .register(registry);
  }

  /**
   * Reads there how often the door has refused to go on.
   *
   * @param bound for what reason; one of few
   */
  public void readRefusals(String bound, LongSupplier count) {
    FunctionCounter.builder("tyer.server.door.refusals", count, LongSupplier::getAsLong)
        .tag("bound", bound)
        .description("What clients were refused before the state machine was asked, by the bound")
        .register(registry);
  }

  /** Everything, as Prometheus reads it. */
  public String scrape() {
    Supplier<Readings> from = source;
    if (from != null) {
      readings = from.get();
    }
    return registry.scrape();
  }

  @Override
  public void applied(Tally tally, boolean leading) {
    applied.add(tally, leading);
  }

  @Override
  public void appended(int commands, long nanos) {
    log.appended(commands, nanos);
  }

  @Override
  public void leads() {
    log.leads();
  }

  @Override
  public void clockRefused() {
    log.clockRefused();
  }

  @Override
  public void snapshot(long nanos, long bytes) {
    log.snapshot(nanos, bytes);
  }

  /** Listens to the JVM no longer. */
  @Override
  public void close() {
    jvm.close();
    registry.close();
  }
}
