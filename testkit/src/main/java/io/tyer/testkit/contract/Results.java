package io.tyer.testkit.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What came out for one store in one class of tests, written as JSON into {@code
 * target/contract/KIND/CLASS.json} (or below the directory that the system property {@code
 * tyer.contract.results} names) when all tests of the JVM are over.
 */
final class Results implements AutoCloseable {

  private final String kind;
  private final String tests;
  private final List<Result> results = new CopyOnWriteArrayList<>();

  Results(String kind, String tests) {
    this.kind = kind;
    this.tests = tests;
  }

  void add(Result result) {
    results.add(result);
  }

  @Override
  public void close() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode page = json.createObjectNode().put("store", kind);
    ArrayNode rows = page.putArray("results");
    results.stream()
        .sorted(Comparator.comparing(Result::suite).thenComparing(Result::test))
        .forEach(result -> write(result, rows.addObject()));
    Path directory =
        Path.of(System.getProperty("tyer.contract.results", "target/contract")).resolve(kind);
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(tests + ".json"),
        json.writerWithDefaultPrettyPrinter().writeValueAsString(page) + "\n");
  }

  private static void write(Result result, ObjectNode row) {
    row.put("suite", result.suite()).put("test", result.test());
    ArrayNode promises = row.putArray("promises");
    for (Promise promise : result.shows().value()) {
      promises.add(promise.name());
    }
    row.put("fault", result.shows().under().name())
        .put("outcome", result.outcome())
        .put("reason", result.reason());
  }
}
