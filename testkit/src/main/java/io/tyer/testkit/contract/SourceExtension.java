package io.tyer.testkit.contract;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells a suite where its stores come from: itself, or the class that it is nested in. */
final class SourceExtension implements BeforeEachCallback {

  @Override
  public void beforeEach(ExtensionContext context) {
    ContractTest test = (ContractTest) context.getRequiredTestInstance();
    test.source =
        context
            .getRequiredTestInstances()
            .findInstance(StoreSource.class)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a suite of the contract is nested in a class that implements StoreSource,"
                            + " or implements it itself: "
                            + context.getRequiredTestClass().getName()));
  }
}
