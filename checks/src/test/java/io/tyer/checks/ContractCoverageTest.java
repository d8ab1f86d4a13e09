package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every store is held to both halves of the contract. That these hold all suites is checked beside
 * them ({@code ContractSuitesTest}).
 */
class ContractCoverageTest {

  private static final List<Pattern> HALVES =
      List.of(
          Pattern.compile("\\bextends\\s+StoreContract\\b"),
          Pattern.compile("\\bextends\\s+StoreLossContract\\b"));
  private static final String SERVICE =
      "src/main/resources/META-INF/services/io.tyer.spi.LineStoreProvider";

  private final Repository repository = Repository.ofWorkingDirectory();

  @Test
  void everyStoreModuleHoldsItsStoreToTheContract() throws IOException {
    List<String> stores = storeModules(repository.root());
    assertThat(stores)
        .as("modules with a store's provider")
        .contains("stores/file", "stores/jdbc", "stores/redis");
    assertThat(without(stores, repository.testSources()))
        .as("stores that are not held to both halves of the contract")
        .isEmpty();
  }

  @Test
  void theMemoryStoreIsHeldToItByTheTestKit() {
    assertThat(without(List.of("testkit-tests"), repository.testSources())).isEmpty();
  }

  @Test
  void bites() {
    SourceFile test =
        new SourceFile(
            "stores/redis/src/test/java/io/tyer/RedisTest.java",
            "class RedisTest {} // extends StoreContract");
    assertThat(without(List.of("stores/redis"), List.of(test))).containsExactly("stores/redis");
    SourceFile contract =
        new SourceFile(
            "stores/redis/src/test/java/io/tyer/RedisContractTest.java",
            "class RedisContractTest extends StoreContract {}");
    assertThat(without(List.of("stores/redis"), List.of(contract))).containsExactly("stores/redis");
    SourceFile losses =
        new SourceFile(
            "stores/redis/src/test/java/io/tyer/RedisContractLossTest.java",
            "class RedisContractLossTest extends StoreLossContract {}");
    assertThat(without(List.of("stores/redis"), List.of(test, contract, losses))).isEmpty();
  }

  private static List<String> without(List<String> modules, List<SourceFile> tests) {
    return modules.stream()
        .filter(module -> HALVES.stream().anyMatch(half -> !isHeldTo(half, module, tests)))
        .toList();
  }

  private static boolean isHeldTo(Pattern half, String module, List<SourceFile> tests) {
    return tests.stream()
        .filter(test -> test.isIn(module))
        .anyMatch(test -> half.matcher(JavaCode.of(test.text())).find());
  }

  private static List<String> storeModules(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root.resolve("stores"))) {
      return modules
          .filter(module -> Files.exists(module.resolve(SERVICE)))
          .map(module -> root.relativize(module).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
