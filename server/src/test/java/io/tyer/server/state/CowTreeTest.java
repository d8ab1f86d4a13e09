package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CowTreeTest {

  private record Kept(CowTree<Integer, Integer> tree, Map<Integer, Integer> entries) {}

  @Test
  void isASortedMapOfWhichCopiesDoNotChange() {
    for (long seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int keys = 1 + random.nextInt(200);
      CowTree<Integer, Integer> tree = new CowTree<>(Comparator.naturalOrder());
      TreeMap<Integer, Integer> expected = new TreeMap<>();
      List<Kept> kept = new ArrayList<>();
      for (int step = 0; step < 600; step++) {
        int key = random.nextInt(keys);
        if (random.nextInt(5) < 3) {
          tree.put(key, step);
          expected.put(key, step);
        } else if (random.nextInt(4) > 0) {
          assertThat(tree.remove(key)).as("seed %d", seed).isEqualTo(expected.remove(key));
        } else {
          tree.removeFirst();
          expected.pollFirstEntry();
        }
        assertThat(tree.size()).as("seed %d", seed).isEqualTo(expected.size());
        assertThat(tree.get(key)).as("seed %d", seed).isEqualTo(expected.get(key));
        if (random.nextInt(40) == 0) {
          kept.add(new Kept(tree, new TreeMap<>(expected)));
          tree = tree.copy();
        }
      }
      kept.add(new Kept(tree, expected));
      for (Kept one : kept) {
        assertThat(entries(one.tree())).as("seed %d", seed).isEqualTo(one.entries());
      }
      assertThat(tree.firstKey()).isEqualTo(expected.isEmpty() ? null : expected.firstKey());
      int from = random.nextInt(keys);
      List<Integer> visited = new ArrayList<>();
      tree.forEachFrom(from, (key, value) -> visited.add(key) && visited.size() < 5);
      assertThat(visited)
          .as("seed %d", seed)
          .isEqualTo(expected.tailMap(from).keySet().stream().limit(5).toList());
    }
  }

  @Test
  void staysFlatWhicheverWayItGrowsAndShrinks() {
    for (int sign : new int[] {1, -1}) {
      CowTree<Integer, Integer> tree = new CowTree<>(Comparator.naturalOrder());
      for (int i = 1; i <= 20_000; i++) {
        tree.put(sign * i, i);
      }
      for (int i = 1; i <= 19_000; i++) {
        tree.remove(sign * i);
      }
      // The height of an AVL tree of 1,000 is at most 1.44 log2(1,000).
      assertThat(tree.height()).as("%d", sign).isLessThanOrEqualTo(14);
    }
  }

  private static Map<Integer, Integer> entries(CowTree<Integer, Integer> tree) {
    Map<Integer, Integer> entries = new LinkedHashMap<>();
    tree.forEach(
        (key, value) -> {
          entries.put(key, value);
          return true;
        });
    assertThat(new ArrayList<>(entries.keySet())).isSorted();
    return entries;
  }
}
