package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTest {

  /** As ZooKeeper's server writes it. */
  private static String node(String label, int count) {
    return Sequence.begin(label) + String.format(Locale.ENGLISH, "%010d", count);
  }

  private static List<String> labels(List<String> names) {
    return Sequence.ordered(names).stream().map(OrderedNode::label).toList();
  }

  @Test
  void theCountDecidesAndNotTheName() {
    assertThat(labels(List.of(node("a", 12), node("b", 3), node("c", 7))))
        .containsExactly("b", "c", "a");
    assertThat(Sequence.ordered(List.of(node("x-s1of2", 1))))
        .containsExactly(new OrderedNode("x-s1of2_0000000001", "x-s1of2", null));
  }

  /** The counts go on below zero after 2^31 − 1. */
  @ParameterizedTest
  @ValueSource(ints = {0, -20, -3, 5, Integer.MAX_VALUE - 7, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void theOrderGoesOnOverTheWrap(int first) {
    List<String> names = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      names.add(node("n" + i, first + i));
      expected.add("n" + i);
    }
    Collections.shuffle(names, new Random(first));
    assertThat(labels(names)).isEqualTo(expected);
  }

  @Test
  void negativeCountsAreWrittenWithASign() {
    assertThat(node("a", Integer.MIN_VALUE)).isEqualTo("a_-2147483648");
    assertThat(labels(List.of(node("b", Integer.MIN_VALUE), node("a", Integer.MAX_VALUE))))
        .containsExactly("a", "b");
    assertThat(node("a", -1)).isEqualTo("a_-000000001");
    assertThat(labels(List.of(node("b_-", 0), node("a", -1)))).containsExactly("a", "b_-");
  }

  @Test
  void whatNoAppendHasMadeIsLeftOut() {
    assertThat(
            labels(
                List.of(
                    "lock", "x_1", "_0000000001", "x_9999999999", "x-0000000001", node("a", 1))))
        .containsExactly("a");
  }
}
