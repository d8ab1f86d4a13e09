package io.tyer.testkit.contract;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Notes how each behaviour of the contract came out, for the table of guarantees. */
final class ResultsExtension implements TestWatcher {

  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(ResultsExtension.class);

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, "passed", "");
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    note(context, "failed", "");
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    note(context, "skipped", cause == null ? "" : String.valueOf(cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    note(context, "skipped", reason.orElse("disabled"));
  }

  private static void note(ExtensionContext context, String outcome, String reason) {
    if (!(context.getRequiredTestInstance() instanceof ContractTest test)) {
      throw new IllegalStateException("only suites of the contract are noted here");
    }
    Shows shows =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Shows.class)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a behaviour of the contract says by @Shows what it shows: "
                            + context.getRequiredTestMethod()));
    String kind = test.store == null ? "unknown" : test.store.kind();
    String tests =
        context.getRequiredTestInstances().getAllInstances().get(0).getClass().getSimpleName();
    context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(kind + "/" + tests, unused -> new Results(kind, tests), Results.class)
        .add(
            new Result(
                suiteOf(test.getClass()),
                context.getRequiredTestMethod().getName(),
                shows,
                outcome,
                reason));
  }

  private static String suiteOf(Class<?> test) {
    return ContractSuites.all().stream()
        .filter(suite -> suite.isAssignableFrom(test))
        .map(Class::getSimpleName)
        .findFirst()
        .orElse(test.getSimpleName());
  }
}
