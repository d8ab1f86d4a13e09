package io.tyer.benchmarks.report;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.peers.TyerSubject;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Figure;
import io.tyer.benchmarks.rows.Figure.Better;
import io.tyer.benchmarks.rows.Wakes;
import io.tyer.benchmarks.run.Results;
import io.tyer.benchmarks.run.Run;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnTyer;
import io.tyer.benchmarks.server.OwnZooKeeper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What a figure, or a ratio to what stands beside it, must reach.
 *
 * @param row in this row
 * @param concerns for these subjects
 * @param figure the key of the figure; empty for the row's first
 * @param rival to what it is a ratio; empty if the figure itself is meant
 * @param better which way is better
 * @param bound what it must reach
 */
public record Target(
    String row,
    Predicate<Address> concerns,
    Optional<String> figure,
    Optional<Rival> rival,
    Better better,
    double bound) {

  private static final Predicate<Address> MEMORY = plain("memory");
  private static final Predicate<Address> FILE = plain("file");
  private static final Predicate<Address> REDIS = plain("redis");
  private static final Predicate<Address> ZOOKEEPER = plain(OwnZooKeeper.SCHEME);
  private static final Predicate<Address> TLS = plain(OwnTyer.SCHEME).and(OwnTyer::secured);
  private static final Predicate<Address> GROUP =
      plain(OwnTyer.SCHEME).and(Predicate.not(OwnTyer::secured));
  private static final Predicate<Address> ETCD = plain(Etcd.STORE);
  private static final Predicate<Address> POSTGRESQL = plain("postgresql");

  /** Every target, in one table. */
  public static final List<Target> ALL =
      List.of(
          least("pairs-1", MEMORY, 1_000_000),
          least("pairs-1", FILE, 15_000),
          least("contended", FILE, 40_000),
          most("wake-up", FILE, 2_000),
          ratio("pairs-1", REDIS, Rival.REDISSON, Better.MORE, 1.25),
          ratio("pairs-1-async", REDIS, Rival.REDISSON, Better.MORE, 2.2),
          ratio("pairs-8", REDIS, Rival.REDISSON, Better.MORE, 1.9),
          ratio("pairs-64", REDIS, Rival.REDISSON, Better.MORE, 2.5),
          ratio("pairs-1", REDIS, Rival.LETTUCE, Better.MORE, 0.9),
          ratio("pairs-8", REDIS, Rival.LETTUCE, Better.MORE, 0.9),
          ratio("pairs-64", REDIS, Rival.LETTUCE, Better.MORE, 0.9),
          ratio("pairs-1", REDIS, Rival.SPRING, Better.MORE, 1),
          ratio("pairs-8", REDIS, Rival.SPRING, Better.MORE, 1),
          ratio("pairs-64", REDIS, Rival.SPRING, Better.MORE, 1),
          ratio("contended", REDIS, Rival.REDISSON, Better.MORE, 25),
          ratio("contended-no-batons", REDIS, Rival.REDISSON, Better.MORE, 6),
          fairness("contended", REDIS, 0.8),
          fairness("contended-no-batons", REDIS, 0.8),
          ratio("wake-up", REDIS, Rival.REDISSON, Better.LESS, 0.35),
          ratio("pairs-1", POSTGRESQL, Rival.SPRING_POSTGRESQL, Better.MORE, 1.5),
          ratio("pairs-8", POSTGRESQL, Rival.SPRING_POSTGRESQL, Better.MORE, 1.5),
          ratio("pairs-64", POSTGRESQL, Rival.SPRING_POSTGRESQL, Better.MORE, 2.5),
          ratio("pairs-1", POSTGRESQL, Rival.SHEDLOCK_POSTGRESQL, Better.MORE, 1.1),
          ratio("pairs-8", POSTGRESQL, Rival.SHEDLOCK_POSTGRESQL, Better.MORE, 1.1),
          ratio("pairs-64", POSTGRESQL, Rival.SHEDLOCK_POSTGRESQL, Better.MORE, 1.1),
          ratio("contended", POSTGRESQL, Rival.SPRING_POSTGRESQL, Better.MORE, 12),
          ratio("wake-up", POSTGRESQL, Rival.SPRING_POSTGRESQL, Better.LESS, 0.05),
          ratio("pairs-1", ZOOKEEPER, Rival.CURATOR, Better.MORE, 1.15),
          ratio("pairs-8", ZOOKEEPER, Rival.CURATOR, Better.MORE, 1.7),
          ratio("pairs-64", ZOOKEEPER, Rival.CURATOR, Better.MORE, 1.6),
          ratio("contended", ZOOKEEPER, Rival.CURATOR, Better.MORE, 15),
          ratio("wake-up", ZOOKEEPER, Rival.CURATOR, Better.LESS, 0.7),
          ratio("acquire", GROUP, Rival.ETCD_PUT, Better.LESS, 1.5),
          ratio("acquire", GROUP, Rival.ETCD_PUT, Better.LESS, 2.5).of(Wakes.P99),
          ratio("flight-64", GROUP, Rival.ETCD_PUT, Better.MORE, 2),
          ratio("flight-512", GROUP, Rival.ETCD_PUT, Better.MORE, 6),
          ratio("contended", GROUP, Rival.JETCD, Better.MORE, 200),
          ratio("pairs-1", ETCD, Rival.JETCD, Better.MORE, 1),
          ratio("pairs-8", ETCD, Rival.JETCD, Better.MORE, 1.5),
          ratio("contended", ETCD, Rival.JETCD, Better.MORE, 100),
          ratio("wake-up", ETCD, Rival.JETCD, Better.LESS, 0.3),
          ratio("acquire", TLS, Rival.WITHOUT_TLS, Better.LESS, 1.2),
          ratio("flight-64", TLS, Rival.WITHOUT_TLS, Better.MORE, 0.8),
          ratio("flight-512", TLS, Rival.WITHOUT_TLS, Better.MORE, 0.8),
          most("failover", GROUP, 1_000),
          most("held-100000", GROUP, 256),
          least("pairs-1", Address::biased, 5_000_000),
          ratio("pairs-1", Address::biased, Rival.REENTRANT, Better.MORE, 0.3),
          ratio("recall", Address::biased, Rival.FLOOR, Better.LESS, 2),
          most("held-10000", Target::isTyer, 2_048),
          most("names", Target::isTyer, 1.2),
          most("crowd", Target::isTyer, 1.2));

  /** The same of another figure. */
  private Target of(String key) {
    return new Target(row, concerns, Optional.of(key), rival, better, bound);
  }

  private static boolean isTyer(Address address) {
    return Subjects.of(address) instanceof TyerSubject;
  }

  private static Predicate<Address> plain(String scheme) {
    return address -> address.scheme().equals(scheme) && !address.biased();
  }

  private static Target least(String row, Predicate<Address> concerns, double bound) {
    return new Target(row, concerns, Optional.empty(), Optional.empty(), Better.MORE, bound);
  }

  private static Target most(String row, Predicate<Address> concerns, double bound) {
    return new Target(row, concerns, Optional.empty(), Optional.empty(), Better.LESS, bound);
  }

  private static Target fairness(String row, Predicate<Address> concerns, double bound) {
    return new Target(
        row, concerns, Optional.of(ContendedRow.FAIRNESS), Optional.empty(), Better.MORE, bound);
  }

  private static Target ratio(
      String row, Predicate<Address> concerns, Rival rival, Better better, double bound) {
    return new Target(row, concerns, Optional.empty(), Optional.of(rival), better, bound);
  }

  /** The targets of a run. */
  public static List<Target> of(Run run) {
    return ALL.stream()
        .filter(target -> target.row.equals(run.section().name()) && run.row() == run.section())
        .filter(target -> target.concerns.test(run.subject()))
        .toList();
  }

  /** In words, with whether it is met. */
  public String verdict(Results results, Run run) {
    OptionalDouble reached = reached(results, run);
    if (reached.isEmpty()) {
      return wanted(run) + ": not measured";
    }
    double value = reached.getAsDouble();
    boolean met = better == Better.MORE ? value >= bound : value <= bound;
    String found = rival.isPresent() ? " (" + Figure.text(value) + ")" : "";
    return wanted(run) + (met ? ": met" : ": **not met**") + found;
  }

  private String wanted(Run run) {
    String sign = better == Better.MORE ? "≥ " : "≤ ";
    String times = rival.map(one -> " × " + one.name()).orElse("");
    String what = figure.isPresent() ? figure(run).label() + " " : "";
    return what + sign + Figure.text(bound) + times;
  }

  private OptionalDouble reached(Results results, Run run) {
    return rival.isPresent()
        ? rival
            .flatMap(one -> one.beside(run))
            .map(others -> results.ratio(run, others, figure(run)))
            .orElse(OptionalDouble.empty())
        : OptionalDouble.of(results.spread(run, figure(run)).median());
  }

  private Figure figure(Run run) {
    List<Figure> figures = run.row().figures();
    return figures.stream()
        .filter(one -> figure.isPresent() && figure.get().equals(one.key()))
        .findFirst()
        .orElse(figures.get(0));
  }
}
