package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The list of suites is whole, and every behaviour says what it shows. */
class ContractSuitesTest {

  @Test
  void everySuiteOfThePackageIsListed() throws Exception {
    assertThat(ContractSuites.all()).containsExactlyInAnyOrderElementsOf(suitesInPackage());
  }

  @Test
  void everyBehaviourSaysWhatItShows() {
    List<Method> behaviours = behaviours();
    assertThat(behaviours)
        .as("behaviours without @Shows, or that show nothing")
        .allMatch(
            method -> {
              Shows shows = method.getAnnotation(Shows.class);
              return shows != null && shows.value().length > 0;
            });
    System.out.println("behaviours in the contract: " + behaviours.size());
  }

  @Test
  void noTwoBehavioursOfASuiteShareAName() {
    assertThat(behaviours().stream().map(m -> m.getDeclaringClass().getSimpleName() + m.getName()))
        .doesNotHaveDuplicates();
  }

  @Test
  void everySuiteIsNestedInOneHalfOfTheContract() {
    List<Class<?>> nested =
        Stream.of(StoreContract.class, StoreLossContract.class)
            .<Class<?>>flatMap(half -> Stream.of(half.getDeclaredClasses()))
            .filter(type -> type.isAnnotationPresent(Nested.class))
            .toList();
    assertThat(nested.stream().<Class<?>>map(Class::getSuperclass))
        .containsExactlyInAnyOrderElementsOf(ContractSuites.all());
  }

  private static List<Method> behaviours() {
    return ContractSuites.all().stream()
        .flatMap(suite -> Stream.of(suite.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .toList();
  }

  private static List<Class<?>> suitesInPackage() throws IOException, URISyntaxException {
    Path kit =
        Path.of(ContractTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(kit)) {
      return suitesBelow(kit);
    }
    try (FileSystem jar = FileSystems.newFileSystem(kit)) {
      return suitesBelow(jar.getPath("/"));
    }
  }

  private static List<Class<?>> suitesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("io/tyer/testkit/contract"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .<Class<?>>map(name -> load("io.tyer.testkit.contract." + name.replace(".class", "")))
          .filter(type -> ContractTest.class.isAssignableFrom(type) && type != ContractTest.class)
          .filter(type -> Modifier.isAbstract(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
