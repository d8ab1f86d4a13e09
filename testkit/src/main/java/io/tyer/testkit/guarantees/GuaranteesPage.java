package io.tyer.testkit.guarantees;

import io.tyer.testkit.contract.Fault;
import io.tyer.testkit.contract.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code docs/GUARANTEES.md}. */
final class GuaranteesPage {

  private static final String INTRODUCTION =
      """
      # Guarantees

      Generated from the results of the contract: do not edit. `docs/guarantees.sh` runs the contract on every store and writes this page anew; `mvn verify -Pfull` fails where the page says something else than the results.

      Which store keeps which promise under which fault. The contract consists of *behaviours*: tests, the same for every store, that each show one or several promises while something is broken, or nothing is. A number counts the behaviours that show a promise under a fault; all of them pass, over links that the tests break (where a store has no network, between the engine and the store). A dash: no behaviour of the contract looks at this, which does not mean that nothing else does. n/a: the store cannot have it, for the reason in the note. What the contract shows it shows for what it tried; [TESTING.md](TESTING.md) says what else is tried, and what no test can see.

      """;

  private final List<Behaviour> contract;
  private final List<StoreResults> stores;
  private final StringBuilder page = new StringBuilder();

  GuaranteesPage(List<Behaviour> contract, List<StoreResults> stores) {
    this.contract = contract;
    this.stores = stores;
  }

  String text() {
    page.append(INTRODUCTION);
    promises();
    page.append("\n## The stores\n");
    stores.forEach(this::store);
    page.append("\n## The behaviours\n");
    contract.stream().map(Behaviour::suite).distinct().forEach(this::suite);
    return page.toString();
  }

  private void promises() {
    row("promise", "says");
    row("---", "---");
    for (Promise promise : Promise.values()) {
      row(promise.name(), promise.text());
    }
  }

  private void store(StoreResults store) {
    page.append("\n### ").append(store.kind()).append("\n\n").append(needs(store));
    List<Promise> columns = List.of(Promise.values());
    row(
        Stream.concat(Stream.of("while …"), columns.stream().map(Promise::name))
            .toArray(String[]::new));
    row(Stream.generate(() -> "---").limit(1 + columns.size()).toArray(String[]::new));
    List<String> notes = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      List<String> cells = new ArrayList<>(List.of(fault.text()));
      columns.forEach(promise -> cells.add(cell(store, promise, fault, notes)));
      row(cells.toArray(String[]::new));
    }
    for (int i = 0; i < notes.size(); i++) {
      page.append(String.format("\n(%d) %s\n", i + 1, notes.get(i)));
    }
  }

  private static String needs(StoreResults store) {
    return store.kind().equals("memory")
        ? "For the clients of one JVM. It needs nothing, and ends with the JVM.\n\n"
        : String.format(
            "What it needs, and what happens where that fails: [%1$s](stores/%1$s.md).\n\n",
            store.page());
  }

  private String cell(StoreResults store, Promise promise, Fault fault, List<String> notes) {
    List<Behaviour> here =
        contract.stream().filter(behaviour -> behaviour.shows(promise, fault)).toList();
    if (here.isEmpty()) {
      return "—";
    }
    List<String> reasons =
        here.stream()
            .map(store::outcome)
            .filter(outcome -> outcome.is(Outcome.Kind.NOT_APPLICABLE))
            .map(Outcome::reason)
            .toList();
    int shown = here.size() - reasons.size();
    String marks =
        reasons.stream()
            .distinct()
            .map(reason -> mark(reason, notes))
            .collect(Collectors.joining());
    return (shown == 0 ? "n/a" : String.valueOf(shown)) + marks;
  }

  private static String mark(String reason, List<String> notes) {
    if (!notes.contains(reason)) {
      notes.add(reason);
    }
    return " (" + (notes.indexOf(reason) + 1) + ")";
  }

  private void suite(String suite) {
    page.append("\n### ").append(suite).append("\n\n");
    row("behaviour", "shows", "while …", "stores");
    row("---", "---", "---", "---");
    for (Behaviour behaviour : contract) {
      if (behaviour.suite().equals(suite)) {
        row(
            "`" + behaviour.test() + "`",
            behaviour.promises().stream().map(Promise::name).collect(Collectors.joining(", ")),
            behaviour.fault().text(),
            storesWith(behaviour));
      }
    }
  }

  private String storesWith(Behaviour behaviour) {
    String kinds =
        stores.stream()
            .filter(store -> !store.outcome(behaviour).is(Outcome.Kind.NOT_APPLICABLE))
            .map(StoreResults::kind)
            .collect(Collectors.joining(", "));
    return kinds.isEmpty() ? "—" : kinds;
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
