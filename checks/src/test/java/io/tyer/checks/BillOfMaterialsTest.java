package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users get with our modules: all of them by one version, and nothing they need not have. */
class BillOfMaterialsTest {

  private static final Pattern REQUIRED = Pattern.compile("requires [^;]*?([\\w.]+);");

  private static final Path ROOT = Repository.ofWorkingDirectory().root();
  private static final Pom PARENT = Pom.in(ROOT);
  private static final Pom BOM = Pom.in(ROOT.resolve("bom"));

  /** Found at compile time only, by compilers that check for them. */
  private static final Set<String> FOR_COMPILERS_ONLY =
      Set.of("com.google.errorprone:error_prone_annotations");

  private static List<Pom> publishedModules() {
    return PARENT.modules().stream()
        // Examples are not published: the parent that they have in common says so.
        .filter(module -> !module.equals("bom") && !module.startsWith("examples"))
        .map(module -> Pom.in(ROOT.resolve(module)))
        .filter(Pom::published)
        .toList();
  }

  private static Map<String, String> versions(Pom pom) {
    Map<String, String> versions = new LinkedHashMap<>();
    pom.managed().forEach(each -> versions.put(each.name(), each.version()));
    return versions;
  }

  @Test
  void everyPublishedModuleIsInIt() {
    List<String> ours =
        BOM.managed().stream()
            .filter(each -> each.groupId().equals("io.tyer"))
            .map(Pom.Dependency::artifactId)
            .toList();
    List<String> published = publishedModules().stream().map(Pom::artifactId).toList();
    assertThat(published).contains("tyer-core", "tyer-server");
    assertThat(ours).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void itsVersionsAreThoseThatWeBuildWith() {
    Map<String, String> built = versions(PARENT);
    Map<String, String> told = versions(BOM);
    assertThat(told)
        .containsKeys(
            "io.netty:netty-bom",
            "io.grpc:grpc-bom",
            "com.google.protobuf:protobuf-bom",
            "io.projectreactor:reactor-core")
        .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(built.get(name)));
  }

  @Test
  void annotationsForCompilersDoNotReachUsers() {
    for (Pom module : publishedModules()) {
      assertThat(module.dependencies())
          .as(module.artifactId())
          .filteredOn(each -> FOR_COMPILERS_ONLY.contains(each.name()))
          .allSatisfy(each -> assertThat(each.scope()).isEqualTo("provided"));
    }
  }

  /** What is required transitively, must be there when a user's module is compiled. */
  @Test
  void theCoresModuleRequiresOnlyWhatItBrings() throws IOException {
    String module = Files.readString(ROOT.resolve("core/src/main/java/module-info.java"));
    assertThat(REQUIRED.matcher(module).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrder(
            "org.slf4j", "org.jspecify", "com.google.errorprone.annotations");
    // For the compiler only: no user's module needs it.
    assertThat(module).contains("requires static com.google.errorprone.annotations;");
  }
}
