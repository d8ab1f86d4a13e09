package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of one store: a class that extends this one and holds, for each suite, a
 * {@code @Nested} class that extends the suite. Some of these may be in {@linkplain #others other
 * classes}, for a build that runs classes at the same time.
 */
public abstract class StoreContract {

  /** Test classes that hold the suites that are not nested in this one; none unless overridden. */
  protected List<Class<?>> others() {
    return List.of();
  }

  @Test
  final void everySuiteIsHere() {
    List<Class<?>> all = new ArrayList<>(others());
    all.add(getClass());
    assertThat(ContractSuites.missingIn(all))
        .as("suites without a nested class in %s", getClass().getSimpleName())
        .isEmpty();
  }
}
