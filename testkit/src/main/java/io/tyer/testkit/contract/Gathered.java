package io.tyer.testkit.contract;

import java.util.ArrayList;
import java.util.List;

/** Does things one after the other, each also when another one has failed. */
final class Gathered {

  private final List<Throwable> failures = new ArrayList<>();

  /** Something that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  void run(Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  /** Fails with the first failure, if there was any; the others are suppressed by it. */
  void report() throws Exception {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    if (first instanceof Exception exception) {
      throw exception;
    }
    throw (Error) first;
  }
}
