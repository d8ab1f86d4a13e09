package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.play.Stats;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StatsTest {

  @Test
  void medianIsTheMiddleOneOrTheMeanOfBoth() {
    assertThat(Stats.median(3)).isEqualTo(3);
    assertThat(Stats.median(9, 1, 5)).isEqualTo(5);
    assertThat(Stats.median(9, 1, 5, 7)).isEqualTo(6);
  }

  @Test
  void percentilesAreValuesThatOccur() {
    double[] hundred = DoubleStream.iterate(100, v -> v - 1).limit(100).toArray();
    assertThat(Stats.percentile(50, hundred)).isEqualTo(50);
    assertThat(Stats.percentile(99, hundred)).isEqualTo(99);
    assertThat(Stats.percentile(100, hundred)).isEqualTo(100);
    assertThat(Stats.percentile(0, hundred)).isEqualTo(1);
    assertThat(Stats.percentile(90, 7)).isEqualTo(7);
    assertThat(Stats.percentile(99, 1, 2, 3)).isEqualTo(3);
  }

  @Test
  void theOrderOfTheValuesIsLeftAlone() {
    double[] values = {3, 1, 2};
    assertThat(Stats.median(values) + Stats.min(values) + Stats.max(values)).isEqualTo(6);
    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(Stats::median).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fairnessIsTheSlowestByTheFastest() {
    assertThat(new Rates(4, 8, 6).fairness()).isEqualTo(0.5);
    assertThat(new Rates(4, 8, 6).sum()).isEqualTo(18);
    assertThat(new Rates(4, 0).fairness()).isZero();
    assertThat(new Rates(0, 0).fairness()).isZero();
    assertThat(new Rates(4, 8).byThread()).containsEntry("thread_1_per_s", 8.0);
  }

  @Test
  void numbersArePrintedWithThreeDigitsOrWhole() {
    assertThat(Figure.text(1_234_567.8)).isEqualTo("1,234,568");
    assertThat(Figure.text(12.345)).isEqualTo("12.3");
    assertThat(Figure.text(1.2)).isEqualTo("1.20");
    assertThat(Figure.text(0.000_123_4)).isEqualTo("0.000123");
    assertThat(Figure.text(0)).isEqualTo("0");
    assertThat(Figure.text(5)).isEqualTo("5");
  }
}
