package io.tyer.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The simulator bites: it finds each of these mistakes within so many seeds. */
@Tag("full")
class MutantsTest {

  private static final int SEEDS = Integer.getInteger("tyer.mutant.seeds", 1500);

  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

  /** The first seed that found it, and what it found. */
  private record Bite(long seed, String promise) {}

  @TestFactory
  Stream<DynamicTest> simulatorFinds() {
    List<Future<Bite>> bites =
        Mutants.ALL.stream().map(mutant -> THREADS.submit(() -> bite(mutant))).toList();
    return Stream.iterate(0, i -> i < bites.size(), i -> i + 1)
        .map(i -> dynamicTest(Mutants.ALL.get(i).name(), () -> check(i, bites.get(i).get())));
  }

  private static void check(int index, Bite bite) {
    Mutant mutant = Mutants.ALL.get(index);
    System.out.printf("%-70s %s by seed %d%n", mutant, bite.promise(), bite.seed());
    assertThat(bite.promise()).as("seed %d", bite.seed()).isIn(mutant.promises());
  }

  private static Bite bite(Mutant mutant) throws Exception {
    LongFunction<String> simulator = new MutatedClasses(mutant).simulator();
    for (long seed = 1; seed <= SEEDS; seed++) {
      String promise = simulator.apply(seed);
      if (!promise.isEmpty()) {
        return new Bite(seed, promise);
      }
    }
    return new Bite(SEEDS, "not found");
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }
}
