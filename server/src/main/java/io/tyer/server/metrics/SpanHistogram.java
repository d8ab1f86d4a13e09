package io.tyer.server.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.tyer.server.state.Spans;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Spans of all entries, told as a timer's histogram. A timer proper would have to be told each of
 * them, in the thread that applies commands.
 */
final class SpanHistogram implements Collector {

  private static final double MILLIS_PER_SECOND = 1_000;

  private final String name;
  private final String help;
  private final long[] bounds = Spans.bounds();
  private final AtomicLongArray counts = new AtomicLongArray(bounds.length + 1);
  private final AtomicLong sumMillis = new AtomicLong();

  /**
   * Is told with all others of the registry.
   *
   * @param name without the unit
   */
  static SpanHistogram in(PrometheusRegistry registry, String name, String help) {
    SpanHistogram histogram = new SpanHistogram(name, help);
    registry.register(histogram);
    return histogram;
  }

  private SpanHistogram(String name, String help) {
    this.name = name + "_" + Unit.SECONDS;
    this.help = help;
  }

  /** Called by one thread at a time. */
  void add(Spans spans) {
    if (spans.count() == 0) {
      return;
    }
    for (int i = 0; i <= bounds.length; i++) {
      if (spans.count(i) > 0) {
        counts.addAndGet(i, spans.count(i));
      }
    }
    sumMillis.addAndGet(spans.sumMillis());
  }

  @Override
  public MetricSnapshot collect() {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < bounds.length; i++) {
      buckets.bucket(bounds[i] / MILLIS_PER_SECOND, counts.get(i));
    }
    buckets.bucket(Double.POSITIVE_INFINITY, counts.get(bounds.length));
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .unit(Unit.SECONDS)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sumMillis.get() / MILLIS_PER_SECOND)
                .build())
        .build();
  }
}
