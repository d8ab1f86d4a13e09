package io.tyer.testkit.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tyer.testkit.contract.Fault;
import io.tyer.testkit.contract.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuaranteesTest {

  private static final Pattern BETWEEN = Pattern.compile(" \\| ");

  private static final Outcome PASSED = Outcome.of("passed", "");
  private static final Outcome FAILED = Outcome.of("failed", "");
  private static final List<Behaviour> CONTRACT = Behaviour.all();

  @TempDir Path root;

  @BeforeEach
  void oneMoreStoreAndWhatIsNone() throws IOException {
    Files.createDirectories(root.resolve("stores/paper"));
    Files.createFile(root.resolve("stores/paper/pom.xml"));
    Files.createDirectories(root.resolve("stores/notes"));
  }

  @Test
  void everyBehaviourThatPassedIsCountedAndListedWithItsStores() throws IOException {
    memory(CONTRACT, behaviour -> PASSED);
    paper(CONTRACT, behaviour -> PASSED);
    Guarantees guarantees = Guarantees.in(root);
    assertThat(guarantees.gaps()).isEmpty();
    assertThat(guarantees.page())
        .contains("### memory\n", "### paper\n", "[paper](stores/paper.md)")
        .doesNotContain("notes", "n/a |", "(1)");
    Promise promise = CONTRACT.get(0).promises().get(0);
    Fault fault = CONTRACT.get(0).fault();
    long shown = CONTRACT.stream().filter(each -> each.shows(promise, fault)).count();
    assertThat(cell("paper", fault, promise)).isEqualTo(String.valueOf(shown));
    assertThat(guarantees.page().lines().filter(line -> line.endsWith("| memory, paper |")))
        .hasSize(CONTRACT.size());
  }

  @Test
  void whatTheStoreCannotHaveIsNotCountedAndTheReasonStandsBelow() throws IOException {
    Behaviour without = CONTRACT.get(0);
    memory(CONTRACT, behaviour -> PASSED);
    paper(
        CONTRACT,
        behaviour ->
            behaviour.equals(without)
                ? Outcome.of("skipped", "Assumption failed: not applicable: paper burns")
                : PASSED);
    Promise promise = without.promises().get(0);
    long all = CONTRACT.stream().filter(each -> each.shows(promise, without.fault())).count();
    assertThat(cell("paper", without.fault(), promise))
        .isEqualTo((all == 1 ? "n/a" : String.valueOf(all - 1)) + " (1)");
    assertThat(cell("memory", without.fault(), promise)).isEqualTo(String.valueOf(all));
    assertThat(Guarantees.in(root).page()).contains("\n(1) paper burns\n");
    assertThat(
            Guarantees.in(root)
                .page()
                .lines()
                .filter(line -> line.contains("`" + without.test() + "`")))
        .anyMatch(line -> line.endsWith("| memory |"));
  }

  @Test
  void whatThisMachineLacksIsToldAndChangesNoPage() throws IOException {
    memory(CONTRACT, behaviour -> PASSED);
    paper(CONTRACT, behaviour -> PASSED);
    String page = Guarantees.in(root).page();
    paper(CONTRACT, behaviour -> Outcome.of("skipped", "no pen here"));
    Guarantees guarantees = Guarantees.in(root);
    assertThat(guarantees.page()).isEqualTo(page);
    assertThat(guarantees.skippedHere())
        .hasSize(CONTRACT.size())
        .allMatch(told -> told.startsWith("paper: ") && told.endsWith("no pen here"));
  }

  @Test
  void whatFailedIsTold() throws IOException {
    memory(CONTRACT, behaviour -> behaviour.equals(CONTRACT.get(1)) ? FAILED : PASSED);
    paper(CONTRACT, behaviour -> PASSED);
    assertThat(Guarantees.in(root).failed()).containsExactly("memory: " + CONTRACT.get(1).title());
  }

  @Test
  void thereIsNoPageFromHalfTheResults() throws IOException {
    memory(CONTRACT.subList(1, CONTRACT.size()), behaviour -> PASSED);
    Guarantees guarantees = Guarantees.in(root);
    assertThat(guarantees.gaps())
        .containsExactly(
            "memory: " + CONTRACT.get(0).title() + " did not run",
            "paper: there are no results, its tests did not run");
    assertThatIllegalStateException().isThrownBy(guarantees::page);
  }

  @Test
  void whatSeveralClassesHaveRunIsOneStores() throws IOException {
    Path module = root.resolve("testkit-tests");
    write(module, "memory", "OneTest", CONTRACT.subList(0, 1), behaviour -> PASSED);
    write(module, "memory", "OtherTest", CONTRACT.subList(1, CONTRACT.size()), behaviour -> FAILED);
    paper(CONTRACT, behaviour -> PASSED);
    Guarantees guarantees = Guarantees.in(root);
    assertThat(guarantees.gaps()).isEmpty();
    assertThat(guarantees.failed()).hasSize(CONTRACT.size() - 1);
  }

  @Test
  void resultsOfBehavioursThatAreNoMoreAreNoResults() throws IOException {
    memory(CONTRACT, behaviour -> PASSED);
    List<Behaviour> older =
        List.of(new Behaviour("OldContract", "wasOnce", List.of(Promise.S1), Fault.NONE));
    paper(older, behaviour -> PASSED);
    assertThat(Guarantees.in(root).gaps())
        .contains("paper: OldContract.wasOnce is no behaviour of the contract");
  }

  @Test
  void ofSeveralRunsOfABehaviourTheWorstCounts() {
    assertThat(Outcome.worse(PASSED, FAILED)).isEqualTo(FAILED);
    assertThat(Outcome.worse(FAILED, PASSED)).isEqualTo(FAILED);
  }

  private String cell(String kind, Fault fault, Promise promise) throws IOException {
    List<String> table =
        Guarantees.in(root)
            .page()
            .lines()
            .dropWhile(line -> !line.equals("### " + kind))
            .filter(line -> line.startsWith("| "))
            .toList();
    int column = cells(table.get(0)).indexOf(promise.name());
    String row =
        table.stream()
            .filter(line -> line.startsWith("| " + fault.text() + " |"))
            .findFirst()
            .orElseThrow();
    return cells(row).get(column);
  }

  private static List<String> cells(String row) {
    return BETWEEN.splitAsStream(row.replaceFirst(" \\|$", "")).toList();
  }

  private void memory(List<Behaviour> ran, Function<Behaviour, Outcome> outcome)
      throws IOException {
    write(root.resolve("testkit-tests"), "memory", "MemoryTest", ran, outcome);
  }

  private void paper(List<Behaviour> ran, Function<Behaviour, Outcome> outcome) throws IOException {
    write(root.resolve("stores/paper"), "paper", "PaperTest", ran, outcome);
  }

  private static void write(
      Path module,
      String kind,
      String tests,
      List<Behaviour> ran,
      Function<Behaviour, Outcome> outcomes)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode page = json.createObjectNode().put("store", kind);
    ArrayNode rows = page.putArray("results");
    for (Behaviour behaviour : ran) {
      Outcome outcome = outcomes.apply(behaviour);
      ObjectNode row = rows.addObject();
      row.put("suite", behaviour.suite()).put("test", behaviour.test());
      row.put("outcome", word(outcome)).put("reason", reason(outcome));
    }
    Path directory = Files.createDirectories(module.resolve("target/contract").resolve(kind));
    json.writeValue(directory.resolve(tests + ".json").toFile(), page);
  }

  private static String word(Outcome outcome) {
    return switch (outcome.kind()) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case NOT_APPLICABLE, SKIPPED_HERE -> "skipped";
    };
  }

  private static String reason(Outcome outcome) {
    return outcome.is(Outcome.Kind.NOT_APPLICABLE)
        ? "Assumption failed: not applicable: " + outcome.reason()
        : outcome.reason();
  }
}
