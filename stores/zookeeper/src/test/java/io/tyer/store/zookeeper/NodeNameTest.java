package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import java.util.Random;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

  private static void survives(String text) {
    LockName name = LockName.of(text);
    String node = NodeName.of(name);
    PathUtils.validatePath("/tyer/lines/" + node);
    assertThat(node).matches("[!-~]+").doesNotContain("/");
    assertThat(NodeName.read(node)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "/",
        "%",
        "%2F",
        ".",
        "..",
        "...",
        ".a",
        "a.",
        "a b",
        " ",
        "\u0000",
        "\u007f",
        "büro 東京 \uD83D\uDE80",
        "\ue000",
        "\uffff",
        "zookeeper",
        "x-0000000001"
      })
  void anyNameIsANodesAndComesBack(String text) {
    survives(text);
  }

  @Test
  void theLongestNamesFitAsWell() {
    survives("\u0001".repeat(LockName.MAX_BYTES));
    survives("\uD83D\uDE80".repeat(LockName.MAX_BYTES / 4));
  }

  @Test
  void randomNamesComeBack() {
    long seed = Long.getLong("tyer.seed", new java.security.SecureRandom().nextLong());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      int[] points =
          random
              .ints(1 + random.nextInt(100), 0, Character.MAX_CODE_POINT + 1)
              .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
              .toArray();
      String text = "x" + new String(points, 0, points.length);
      survives(text);
    }
  }

  @Test
  void differentNamesHaveDifferentNodes() {
    assertThat(NodeName.of(LockName.of("%2F"))).isEqualTo("%252F");
    assertThat(NodeName.of(LockName.of("/"))).isEqualTo("%2F");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%GG", "%41", "%2f", ".a", "a b", "%FF", "ü"})
  void whatNoNameIsWrittenAsIsNone(String node) {
    assertThat(NodeName.read(node)).isEmpty();
  }
}
