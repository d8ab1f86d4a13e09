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
 * Every store is held to the contract. That no suite is missing for one is checked by the contract
 * itself ({@code StoreContract.everySuiteIsHere}).
 */
class ContractCoverageTest {

  private static final Pattern CONTRACT = Pattern.compile("\\bextends\\s+StoreContract\\b");
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
        .as("stores without a test class that extends StoreContract")
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
    assertThat(without(List.of("stores/redis"), List.of(test, contract))).isEmpty();
  }

  private static List<String> without(List<String> modules, List<SourceFile> tests) {
    return modules.stream()
        .filter(
            module ->
                tests.stream()
                    .filter(test -> test.isIn(module))
                    .noneMatch(test -> CONTRACT.matcher(JavaCode.of(test.text())).find()))
        .toList();
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
