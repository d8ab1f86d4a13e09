package io.tyer.store.file;

import java.io.File;
import java.util.EnumMap;
import java.util.Map;

/** Runs something once when a change gets to a step: what others do while it is held up. */
final class Script implements Steps {

  /** What a test does meanwhile. */
  interface Meanwhile {
    void run() throws Exception;
  }

  /** Ends a change as the death of its process would: nothing is cleaned up. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Map<Step, Meanwhile> planned = new EnumMap<>(Step.class);

  /** Does something the next time this step is reached. */
  void at(Step step, Meanwhile meanwhile) {
    planned.put(step, meanwhile);
  }

  /** Dies at this step. */
  void dieAt(Step step) {
    at(
        step,
        () -> {
          throw new Death();
        });
  }

  boolean isDone() {
    return planned.isEmpty();
  }

  @Override
  public void at(Step step, File file) {
    Meanwhile meanwhile = planned.remove(step);
    if (meanwhile != null) {
      try {
        meanwhile.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
