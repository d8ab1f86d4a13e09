package io.tyer.engine;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How thoroughly: for every build, or {@code -Dtyer.lincheck=long}. */
public final class Checking {

  private static final boolean LONG = "long".equals(System.getProperty("tyer.lincheck"));

  /** A store makes its 64 shelves in a loop, which is none that waits for others. */
  private static final int LONGEST_LOOP = 1_000;

  /**
   * Its own patience ends on a machine that has much else to do, and a run is then said to hang.
   */
  private static final long PATIENCE_MILLIS = 300_000;

  private Checking() {}

  /** Every switch between threads that matters, one scenario after another. */
  public static void everyOrder(Class<?> test, Class<?> specification, int scenarios, int orders) {
    new ModelCheckingOptions()
        .iterations(LONG ? 20 * scenarios : scenarios / 2)
        .invocationsPerIteration(LONG ? 10 * orders : orders)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .minimizeFailedScenario(LONG)
        .loopBound(LONGEST_LOOP)
        .sequentialSpecification(specification)
        .invocationTimeout$lincheck(PATIENCE_MILLIS)
        .check(test);
  }

  /** Real threads, as they come. */
  public static void underStress(Class<?> test, Class<?> specification, int scenarios, int runs) {
    new StressOptions()
        .iterations(LONG ? 20 * scenarios : scenarios / 2)
        .invocationsPerIteration(LONG ? 10 * runs : runs)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(specification)
        .invocationTimeout$lincheck(PATIENCE_MILLIS)
        .check(test);
  }
}
