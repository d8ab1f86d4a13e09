package io.tyer.benchmarks.report;

import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Run;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnTyer;
import io.tyer.benchmarks.server.OwnZooKeeper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a figure is compared with: the best, in each round, of some that stand beside it.
 *
 * @param name for people
 * @param schemes which; none for all of them
 */
record Rival(String name, Set<String> schemes) {

  /** The only one that stands beside it. */
  static final Rival FLOOR = new Rival("floor", Set.of());

  static final Rival REENTRANT = new Rival("floor", Set.of("reentrant"));
  static final Rival LETTUCE = new Rival("lettuce", Set.of("lettuce"));
  static final Rival SPRING =
      new Rival("Spring's best", Set.of("spring-redis", "spring-redis-spin"));
  static final Rival REDISSON =
      new Rival("Redisson's best", Set.of("redisson", "redisson-fair", "redisson-fenced"));
  static final Rival SPRING_POSTGRESQL = new Rival("Spring", Set.of("spring-postgresql"));
  static final Rival SHEDLOCK_POSTGRESQL = new Rival("ShedLock", Set.of("shedlock-postgresql"));
  static final Rival ETCD_PUT = new Rival("etcd put", Set.of(Etcd.PUT));
  static final Rival WITHOUT_TLS = new Rival("without TLS", Set.of(OwnTyer.SCHEME));
  static final Rival CURATOR = new Rival("Curator's lock", Set.of(OwnZooKeeper.CURATOR));
  static final Rival JETCD = new Rival("jetcd's lock", Set.of(Etcd.LOCK));

  /** Those of them that are measured beside this run; empty unless all are. */
  Optional<List<Run>> beside(Run run) {
    List<Run> found =
        Floors.of(run.section(), run.subject()).stream()
            .filter(one -> schemes.isEmpty() || schemes.contains(one.subject().scheme()))
            .toList();
    return found.size() < Math.max(1, schemes.size()) ? Optional.empty() : Optional.of(found);
  }
}
