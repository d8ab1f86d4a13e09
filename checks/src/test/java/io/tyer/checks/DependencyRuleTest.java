package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DependencyRuleTest {
  /** Layers that nothing has been written for. A layer leaves this list with its first class. */
  private static final Set<Layer> NOT_WRITTEN_YET = EnumSet.noneOf(Layer.class);

  private static final Layers LAYERS = new Layers("io.tyer");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tyer");

  /** Small classes of the same layout, most of which break a rule. */
  private static final Layers BAD_LAYERS = new Layers("io.tyer.checks.sample");

  private static final JavaClasses BAD_CLASSES =
      new ClassFileImporter().importPackages("io.tyer.checks.sample");

  @ParameterizedTest
  @EnumSource
  void layersKeepTheRule(Layer layer) {
    if (NOT_WRITTEN_YET.contains(layer)) {
      assertThat(CLASSES.that(LAYERS.areIn(layer)))
          .as("NOT_WRITTEN_YET lists " + layer + ", which has classes")
          .isEmpty();
    } else {
      LAYERS.rule(layer).allowEmptyShould(false).check(CLASSES);
    }
  }

  @Test
  void coreStandsAlone() {
    assertThat(CLASSES).as("classes imported").hasSizeGreaterThan(30);
    LAYERS.coreStandsAlone().check(CLASSES);
  }

  @Test
  void theRaftEngineIsKnownToOnePackageOnly() {
    LAYERS.onlyOneKnowsRatis().allowEmptyShould(false).check(CLASSES);
  }

  @Test
  void theLineIsPure() {
    LAYERS.lineIsPure().check(CLASSES);
  }

  @ParameterizedTest
  @EnumSource(names = {"LINE", "SPI", "API", "MEMORY_STORE"})
  void bites(Layer layer) {
    assertThatThrownBy(() -> BAD_LAYERS.rule(layer).check(BAD_CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
  }

  @Test
  void doesNotBiteWithoutCause() {
    BAD_LAYERS.rule(Layer.ENGINE).check(BAD_CLASSES);
  }

  @Test
  void bitesOnWhatIsNotInJavaBase() {
    assertThatThrownBy(() -> BAD_LAYERS.coreStandsAlone().check(BAD_CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("java.util.logging.Level");
  }

  @Test
  void bitesOnAnImpureLine() {
    assertThatThrownBy(() -> BAD_LAYERS.lineIsPure().check(BAD_CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("System.nanoTime()");
  }
}
