package io.tyer.testkit.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The results of the contract that lie in a working tree after its tests ran. */
public final class Guarantees {

  private static final String KINDS = "src/test/resources/contract-kinds";

  private final List<StoreResults> stores = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();

  private Guarantees() {}

  /**
   * Reads the results for the memory store, which the test kit tests, and for each module below
   * {@code stores}: of the kind that is called like the module, or of those that its file {@value
   * #KINDS} names, a line each.
   *
   * @param root the directory of the parent's pom
   */
  public static Guarantees in(Path root) throws IOException {
    Guarantees found = new Guarantees();
    found.read(root.resolve("testkit-tests"), "memory");
    List<Path> modules;
    try (Stream<Path> below = Files.list(root.resolve("stores"))) {
      modules = below.filter(path -> Files.exists(path.resolve("pom.xml"))).sorted().toList();
    }
    for (Path module : modules) {
      for (String kind : kinds(module)) {
        found.read(module, kind);
      }
    }
    return found;
  }

  private static List<String> kinds(Path module) throws IOException {
    Path named = module.resolve(KINDS);
    return Files.exists(named)
        ? Files.readAllLines(named)
        : List.of(module.getFileName().toString());
  }

  private void read(Path module, String kind) throws IOException {
    Path directory = module.resolve("target/contract").resolve(kind);
    if (!Files.exists(directory)) {
      gaps.add(kind + ": there are no results, its tests did not run");
      return;
    }
    List<Path> files;
    try (Stream<Path> classes = Files.list(directory)) {
      files = classes.sorted().toList();
    }
    StoreResults results = StoreResults.read(kind, files, module.getFileName().toString());
    gaps.addAll(results.gaps(Behaviour.all()));
    stores.add(results);
  }

  /**
   * What the results lack, as when only some modules or tests were run, or older ones lie about;
   * nothing can be said from them then.
   */
  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  /** The behaviours that failed, of all stores. */
  public List<String> failed() {
    return those(Outcome.Kind.FAILED);
  }

  /** The behaviours that were skipped because this machine lacks something, with the reasons. */
  public List<String> skippedHere() {
    return those(Outcome.Kind.SKIPPED_HERE);
  }

  private List<String> those(Outcome.Kind kind) {
    return stores.stream().flatMap(store -> store.those(kind).stream()).toList();
  }

  /**
   * The page, as it is when everything that this machine could not run passes where it can run:
   * what failed or was {@linkplain #skippedHere skipped here} must be looked at beside it.
   */
  public String page() {
    if (!gaps.isEmpty()) {
      throw new IllegalStateException("the results are not whole: " + gaps);
    }
    return new GuaranteesPage(Behaviour.all(), stores).text();
  }
}
