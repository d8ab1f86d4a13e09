package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tree stays a balanced one. */
class NodeTest {

  @Test
  void staysBalancedAsAQueue() {
    @Nullable Node tree = null;
    for (int i = 1; i <= 20_000; i++) {
      tree = Node.append(tree, ticket(i), false);
      if (i > 5_000) {
        tree = Node.remove(tree, i - 5_000);
      }
    }
    assertThat(Node.size(tree)).isEqualTo(5_000);
    assertSound(tree);
  }

  @Test
  void staysBalancedUnderRandomRemoval() {
    for (int testCase = 0; testCase < 20; testCase++) {
      Random random = Seed.random(testCase);
      @Nullable Node tree = null;
      List<Long> numbers = new ArrayList<>();
      for (int i = 1; i <= 2_000; i++) {
        tree = Node.append(tree, ticket(i), random.nextBoolean());
        numbers.add((long) i);
        while (random.nextInt(100) < 45 && !numbers.isEmpty()) {
          tree = Node.remove(tree, numbers.remove(random.nextInt(numbers.size())));
        }
      }
      List<Long> left = new ArrayList<>();
      Node.forEach(tree, node -> left.add(node.ticket.number()));
      assertThat(left).as(Seed.label(testCase)).isEqualTo(numbers);
      assertSound(tree);
      while (tree != null) {
        tree = Node.remove(tree, numbers.remove(random.nextInt(numbers.size())));
        assertSound(tree);
      }
      assertThat(numbers).as(Seed.label(testCase)).isEmpty();
    }
  }

  @Test
  void whatIsBuiltIsBalanced() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      tickets.add(ticket(i));
      Node tree = Node.build(tickets);
      assertSound(tree);
      assertThat(Node.size(tree)).isEqualTo(i);
    }
  }

  @Test
  void nothingIsTouchedWhereNobodyIsGranted() {
    for (int testCase = 0; testCase < 200; testCase++) {
      Random random = Seed.random(testCase);
      Node tree = Node.build(Samples.random(random, random.nextInt(100)).tickets());
      List<Ticket> granted = new ArrayList<>();
      assertThat(Node.settle(tree, 0, 0, granted)).as(Seed.label(testCase)).isSameAs(tree);
      assertThat(granted).as(Seed.label(testCase)).isEmpty();
    }
  }

  private static void assertSound(@Nullable Node tree) {
    if (tree != null) {
      int left = Node.size(tree.left);
      int right = Node.size(tree.right);
      assertThat(tree.size).isEqualTo(left + 1 + right);
      assertThat(left + right <= 1 || (left <= 3 * right && right <= 3 * left))
          .as("%d on the left, %d on the right", left, right)
          .isTrue();
      assertSound(tree.left);
      assertSound(tree.right);
    }
  }

  private static Ticket ticket(long number) {
    Ask ask = Ask.exclusive(new SessionId(0, 0), new RequestId(0, number), "", false);
    return Ticket.of(ask, number, 0);
  }
}
