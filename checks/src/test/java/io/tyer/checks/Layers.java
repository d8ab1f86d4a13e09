package io.tyer.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may know whom: API ← engine → SPI ← stores.
 *
 * @param root the package that holds the API
 */
record Layers(String root) {

  /** The composition root: the only types of the API that may know everything. */
  private static final Set<String> COMPOSITION = Set.of("Tyer", "TyerBuilder");

  private static final List<String> OUTSIDE_CORE =
      List.of(
          "org.slf4j", "org.jspecify.annotations", "com.google.errorprone.annotations.concurrent");

  /** What {@code layer} may use of ours, apart from itself. */
  ArchRule rule(Layer layer) {
    Set<String> allowed =
        Stream.concat(Stream.of(layer), layer.mayUse().stream())
            .map(this::packageOf)
            .collect(Collectors.toSet());
    return noClasses()
        .that(areIn(layer))
        .should()
        .dependOnClassesThat(
            are(
                "of ours outside " + allowed,
                type -> isOurs(type) && !allowed.contains(type.getPackageName())))
        .as(layer + " uses nothing of ours but " + allowed);
  }

  /** Core stands on java.base, the logging facade and annotations. */
  ArchRule coreStandsAlone() {
    return noClasses()
        .that(are("in core", this::isCore))
        .should()
        .dependOnClassesThat(
            are(
                "neither ours nor in java.base nor among " + OUTSIDE_CORE,
                type -> !isOurs(type) && !isJavaBase(type) && !isAllowedOutside(type)))
        .as("core depends on java.base and " + OUTSIDE_CORE);
  }

  /** The server's engine can be replaced. */
  ArchRule onlyOneKnowsRatis() {
    return noClasses()
        .that(
            are(
                "ours, but not in " + packageOf(Layer.SERVER_LOG_RATIS),
                type ->
                    isOurs(type)
                        && !type.getPackageName().equals(packageOf(Layer.SERVER_LOG_RATIS))))
        .should()
        .dependOnClassesThat(
            are(
                "Ratis",
                type ->
                    type.getBaseComponentType().getPackageName().startsWith("org.apache.ratis")));
  }

  /** The line decides from its arguments alone: no clock, thread, randomness, file or network. */
  ArchRule lineIsPure() {
    return noClasses()
        .that(areIn(Layer.LINE))
        .should()
        .dependOnClassesThat(are("impure", Layers::isImpure))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .as("the line is pure");
  }

  DescribedPredicate<JavaClass> areIn(Layer layer) {
    return are(
        "in " + layer,
        type ->
            type.getPackageName().equals(packageOf(layer))
                && (layer != Layer.API || !isComposition(type)));
  }

  private String packageOf(Layer layer) {
    return root + layer.suffix();
  }

  private boolean isOurs(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(root) || name.startsWith(root + ".");
  }

  private boolean isCore(JavaClass type) {
    return Stream.of(Layer.values())
        .filter(Layer::inCore)
        .anyMatch(layer -> type.getPackageName().equals(packageOf(layer)));
  }

  private boolean isComposition(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return COMPOSITION.contains(nested < 0 ? name : name.substring(0, nested));
  }

  private static boolean isJavaBase(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive()
        || (base.getPackageName().startsWith("java")
            && Object.class.getModule().getPackages().contains(base.getPackageName()));
  }

  private static boolean isAllowedOutside(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return OUTSIDE_CORE.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
  }

  private static boolean isImpure(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    return Stream.of("java.io.", "java.net.", "java.nio.file.", "java.nio.channels.")
            .anyMatch(name::startsWith)
        || (name.startsWith("java.util.concurrent.")
            && !name.equals("java.util.concurrent.TimeUnit"))
        || Set.of(
                "java.lang.Thread",
                "java.lang.ProcessHandle",
                "java.lang.Runtime",
                "java.security.SecureRandom",
                "java.time.Clock",
                "java.util.Random",
                "java.util.Timer")
            .contains(name);
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
