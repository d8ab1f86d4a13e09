package io.tyer.testkit.host;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks whether the machine has what {@link Requires} asks for. */
final class RequiresCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing =
        AnnotationSupport.findAnnotation(context.getElement(), Requires.class).stream()
            .flatMap(requires -> Arrays.stream(requires.value()))
            .flatMap(needed -> needed.missing().stream())
            .findFirst();
    missing.ifPresent(
        why -> System.out.println("skipped " + context.getDisplayName() + ": " + why));
    return missing
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("everything is here"));
  }
}
