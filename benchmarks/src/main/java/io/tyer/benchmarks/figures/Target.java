package io.tyer.benchmarks.figures;

import io.tyer.benchmarks.figures.Figure.Better;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What a figure, or a ratio to a floor, must reach.
 *
 * @param row in this row
 * @param concerns for these subjects
 * @param floor the scheme of the floor, empty if the figure itself is meant
 * @param better which way is better
 * @param bound what it must reach
 */
record Target(
    String row, Predicate<Address> concerns, Optional<String> floor, Better better, double bound) {

  private static final Predicate<Address> MEMORY = plain("memory");
  private static final Predicate<Address> FILE = plain("file");

  /** Every target, in one table. */
  static final List<Target> ALL =
      List.of(
          least("pairs-1", MEMORY, 1_000_000),
          least("pairs-1", FILE, 15_000),
          least("contended", FILE, 40_000),
          most("wake-up", FILE, 2_000),
          least("pairs-1", Address::biased, 5_000_000),
          ratio("pairs-1", Address::biased, "reentrant", Better.MORE, 0.3),
          ratio("recall", Address::biased, "", Better.LESS, 2),
          most("held-10000", Target::isTyer, 2_048),
          most("names", Target::isTyer, 1.2),
          most("crowd", Target::isTyer, 1.2));

  private static boolean isTyer(Address address) {
    return Subjects.of(address) instanceof TyerSubject;
  }

  private static Predicate<Address> plain(String scheme) {
    return address -> address.scheme().equals(scheme) && !address.biased();
  }

  private static Target least(String row, Predicate<Address> concerns, double bound) {
    return new Target(row, concerns, Optional.empty(), Better.MORE, bound);
  }

  private static Target most(String row, Predicate<Address> concerns, double bound) {
    return new Target(row, concerns, Optional.empty(), Better.LESS, bound);
  }

  private static Target ratio(
      String row, Predicate<Address> concerns, String floor, Better better, double bound) {
    return new Target(row, concerns, Optional.of(floor), better, bound);
  }

  /** The targets of a run. */
  static List<Target> of(Run run) {
    return ALL.stream()
        .filter(target -> target.row.equals(run.section().name()) && run.row() == run.section())
        .filter(target -> target.concerns.test(run.subject()))
        .toList();
  }

  /** The floor it is a ratio to; an empty name means the only one. */
  private Optional<Run> floorOf(Run run) {
    String scheme = floor.orElse("");
    return Floors.of(run.section(), run.subject()).stream()
        .filter(one -> scheme.isEmpty() || one.subject().scheme().equals(scheme))
        .findFirst();
  }

  /** In words, with whether it is met. */
  String verdict(Results results, Run run) {
    String sign = better == Better.MORE ? "≥ " : "≤ ";
    String wanted = sign + Figure.text(bound) + (floor.isPresent() ? " × floor" : "");
    OptionalDouble reached =
        floor.isPresent()
            ? floorOf(run).map(one -> results.ratio(run, one)).orElse(OptionalDouble.empty())
            : OptionalDouble.of(results.spread(run, run.row().figures().get(0)).median());
    if (reached.isEmpty()) {
      return wanted + ": not measured";
    }
    boolean met =
        better == Better.MORE ? reached.getAsDouble() >= bound : reached.getAsDouble() <= bound;
    return wanted + (met ? ": met" : ": **not met**");
  }
}
