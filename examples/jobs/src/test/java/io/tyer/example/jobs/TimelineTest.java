package io.tyer.example.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the demo judges by. */
class TimelineTest {

  private final Timeline timeline = new Timeline();

  @Test
  void countsOfEachKind() {
    timeline.heard("a", "begin mail 1 10");
    timeline.heard("b", "begin mail 2 20");
    timeline.heard("a", "begin report 3 25");
    timeline.heard("a", "end mail 1 30");
    timeline.heard("c", "begin mail 4 30");
    timeline.heard("a", "end report 3 50");
    timeline.heard("b", "end mail 2 40");
    timeline.heard("c", "end mail 4 60");
    assertThat(timeline.mostAtOnce()).isEqualTo(2);
    timeline.heard("d", "begin mail 5 35");
    assertThat(timeline.mostAtOnce()).as("one that was killed").isEqualTo(2);
    timeline.heard("d", "end mail 5 36");
    assertThat(timeline.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void findsAMomentWhenNoneRan() {
    timeline.heard("a", "begin mail 1 10");
    timeline.heard("a", "end mail 1 20");
    timeline.heard("a", "begin mail 2 30");
    timeline.heard("a", "end mail 2 40");
    assertThat(timeline.wasQuiet(12, 18)).isFalse();
    assertThat(timeline.wasQuiet(12, 22)).isTrue();
    assertThat(timeline.wasQuiet(31, 39)).isFalse();
    assertThat(timeline.wasQuiet(35, 45)).isTrue();
  }
}
