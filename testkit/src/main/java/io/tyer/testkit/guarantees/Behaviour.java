package io.tyer.testkit.guarantees;

import io.tyer.testkit.contract.ContractSuites;
import io.tyer.testkit.contract.Fault;
import io.tyer.testkit.contract.Promise;
import io.tyer.testkit.contract.Shows;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One test of the contract: what it shows, and under what. */
record Behaviour(String suite, String test, List<Promise> promises, Fault fault) {

  /** Every behaviour that the suites of this build have, by suite and name. */
  static List<Behaviour> all() {
    return ContractSuites.all().stream()
        .flatMap(Behaviour::in)
        .sorted(Comparator.comparing(Behaviour::suite).thenComparing(Behaviour::test))
        .toList();
  }

  private static Stream<Behaviour> in(Class<?> suite) {
    return Stream.of(suite.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Shows.class))
        .map(method -> of(suite, method));
  }

  private static Behaviour of(Class<?> suite, Method method) {
    Shows shows = method.getAnnotation(Shows.class);
    return new Behaviour(
        suite.getSimpleName(), method.getName(), List.of(shows.value()), shows.under());
  }

  /** Its suite and name. */
  String title() {
    return suite + "." + test;
  }

  boolean shows(Promise promise, Fault under) {
    return fault == under && promises.contains(promise);
  }
}
