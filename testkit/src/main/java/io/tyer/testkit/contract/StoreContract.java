package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The contract of one store: a class that extends this one and holds, for each suite, a
 * {@code @Nested} class that extends the suite.
 */
public abstract class StoreContract {

  @Test
  final void everySuiteIsHere() {
    assertThat(ContractSuites.missingIn(getClass()))
        .as("suites without a nested class in %s", getClass().getSimpleName())
        .isEmpty();
  }
}
