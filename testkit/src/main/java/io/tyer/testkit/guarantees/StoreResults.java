package io.tyer.testkit.guarantees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came out for one store.
 *
 * @param page what the page about such stores is called; that of one kind, the kind
 * @param outcomes by {@link Behaviour#title}
 */
record StoreResults(String kind, String page, Map<String, Outcome> outcomes) {

  /** Reads what the contract wrote, a file for each class of tests. */
  static StoreResults read(String kind, List<Path> files, String page) throws IOException {
    Map<String, Outcome> outcomes = new TreeMap<>();
    for (Path file : files) {
      for (JsonNode row : new ObjectMapper().readTree(file.toFile()).required("results")) {
        outcomes.merge(
            text(row, "suite") + "." + text(row, "test"),
            Outcome.of(text(row, "outcome"), text(row, "reason")),
            Outcome::worse);
      }
    }
    return new StoreResults(kind, page, outcomes);
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).asText();
  }

  /** Why these are not the results of this whole contract; empty if they are. */
  List<String> gaps(List<Behaviour> contract) {
    Set<String> titles = contract.stream().map(Behaviour::title).collect(Collectors.toSet());
    List<String> gaps = new ArrayList<>();
    titles.stream()
        .filter(title -> !outcomes.containsKey(title))
        .sorted()
        .forEach(title -> gaps.add(kind + ": " + title + " did not run"));
    outcomes.keySet().stream()
        .filter(title -> !titles.contains(title))
        .forEach(title -> gaps.add(kind + ": " + title + " is no behaviour of the contract"));
    return gaps;
  }

  Outcome outcome(Behaviour behaviour) {
    Outcome outcome = outcomes.get(behaviour.title());
    if (outcome == null) {
      throw new IllegalArgumentException("no result for " + behaviour.title() + " on " + kind);
    }
    return outcome;
  }

  /** Those that came out so, each with the store, the name and the reason. */
  List<String> those(Outcome.Kind wanted) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue().is(wanted))
        .map(entry -> kind + ": " + entry.getKey() + " " + entry.getValue().reason())
        .map(String::strip)
        .toList();
  }
}
