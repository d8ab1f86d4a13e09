package io.tyer.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.server.OwnEtcd;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final List<Address> SUBJECTS =
      List.of(
          Address.parse("memory:x"), Address.parse("file:d"), Address.parse("file:d?bias=true"));

  private static List<String> order(List<Run> runs) {
    return runs.stream().map(run -> run.section().name() + " " + Report.label(run)).toList();
  }

  private static Plan plan(boolean floors, String... rows) {
    return new Plan(
        List.of(rows).stream().map(row -> Rows.named(row).orElseThrow()).toList(),
        SUBJECTS,
        floors);
  }

  @Test
  void subjectsStandBesideTheirFloors() {
    assertThat(order(plan(true, "pairs-1").round(1)))
        .containsExactly(
            "pairs-1 memory:x",
            "pairs-1 reentrant",
            "pairs-1 file:d",
            "pairs-1 hard-link",
            "pairs-1 try-lock",
            "pairs-1 file:d?bias=true",
            "pairs-1 clocked");
  }

  @Test
  void everyOtherRoundGoesBackwardsWithinARow() {
    assertThat(order(plan(true, "contended", "wake-up").round(2)))
        .startsWith("contended file:d?bias=true")
        .containsSubsequence("contended mapped", "contended file:d", "contended memory:x")
        .endsWith("wake-up memory:x");
    assertThat(plan(true, "contended").round(3)).isEqualTo(plan(true, "contended").round(1));
  }

  @Test
  void aRecallStandsBesideAnOrdinaryWakeUpOfTheSameStore() {
    assertThat(order(plan(true, "recall").round(1)))
        .containsExactly("recall file:d?bias=true", "recall file:d, wake-up");
    assertThat(plan(true, "recall").skipped()).containsKey("recall of memory:x");
  }

  @Test
  void floorsCanBeLeftOut() {
    assertThat(order(plan(false, "pairs-1").round(1)))
        .containsExactly("pairs-1 memory:x", "pairs-1 file:d", "pairs-1 file:d?bias=true");
  }

  @Test
  void withoutBatonsOnlyWhoHasThemIsChanged() {
    Row row = Rows.named("contended-no-batons").orElseThrow();
    assertThat(row.adapted(Address.parse("file:d?ttl=5s")).uri())
        .isEqualTo("file:d?ttl=5s&batons=0");
  }

  @Test
  void redisStandsBesideOtherLibrariesOnTheSameServer() {
    Plan plan =
        new Plan(
            List.of(Rows.named("pairs-1-async").orElseThrow()),
            List.of(Address.parse("redis://h:1?ttl=5s")),
            true);
    assertThat(order(plan.round(1)))
        .containsExactly(
            "pairs-1-async redis://h:1?ttl=5s",
            "pairs-1-async lettuce",
            "pairs-1-async redis-requests",
            "pairs-1-async redisson",
            "pairs-1-async redisson-fair",
            "pairs-1-async redisson-fenced",
            "pairs-1-async spring-redis",
            "pairs-1-async spring-redis-spin",
            "pairs-1-async shedlock-redis");
    assertThat(plan.round(1)).extracting(run -> run.subject().location()).containsOnly("//h:1");
    assertThat(plan.round(1))
        .as("floors need not wait for their releases either")
        .filteredOn(run -> run.row() == run.section())
        .extracting(run -> run.subject().scheme())
        .containsExactly("redis", "lettuce", "redis-requests");
  }

  @Test
  void underBiasRedisStandsBesideWhatStaysInTheJvm() {
    Plan plan =
        new Plan(
            List.of(Rows.PAIRS_1, Rows.named("pairs-1-async").orElseThrow()),
            List.of(Address.parse("redis:?bias=true")),
            true);
    assertThat(order(plan.round(1)))
        .containsExactly("pairs-1 redis:?bias=true", "pairs-1 reentrant", "pairs-1 clocked");
  }

  @Test
  void postgresStandsBesideItsOwnLocksAndOtherLibraries() {
    Plan plan =
        new Plan(
            List.of(Rows.PAIRS_1, Rows.WAKE_UP),
            List.of(Address.parse("postgresql:?ttl=5s")),
            true);
    assertThat(order(plan.round(1)))
        .containsExactly(
            "pairs-1 postgresql:?ttl=5s",
            "pairs-1 advisory-postgresql",
            "pairs-1 insert-postgresql",
            "pairs-1 insert-later-postgresql",
            "pairs-1 spring-postgresql",
            "pairs-1 shedlock-postgresql",
            "wake-up postgresql:?ttl=5s",
            "wake-up advisory-postgresql",
            "wake-up spring-postgresql");
  }

  @Test
  void theLockServerStandsBesideEtcdOnServersOfItsOwn() {
    Plan plan =
        new Plan(
            List.of(row("acquire"), row("flight-64"), row("contended"), row("names")),
            List.of(Address.parse("tyer://h:1,h:2?plaintext=true")),
            true);
    assertThat(order(plan.round(1)))
        .filteredOn(run -> run.contains("tyer"))
        .containsExactly(
            "acquire tyer://h:1,h:2?plaintext=true",
            "flight-64 tyer://h:1,h:2?plaintext=true",
            "contended tyer://h:1,h:2?plaintext=true");
    List<String> etcd =
        List.of("acquire etcd-put", "acquire jetcd", "flight-64 etcd-put", "contended jetcd");
    if (OwnEtcd.obstacle().isEmpty()) {
      assertThat(order(plan.round(1))).containsAll(etcd);
      assertThat(plan.round(1))
          .filteredOn(run -> !run.subject().scheme().equals("tyer"))
          .extracting(run -> run.subject().location())
          .containsOnly("");
    } else {
      assertThat(order(plan.round(1))).doesNotContainAnyElementsOf(etcd);
      assertThat(plan.skipped()).containsEntry("acquire of jetcd", OwnEtcd.obstacle().orElse(""));
    }
  }

  @Test
  void onlyServersThatAreStartedForTheRunAreKilled() {
    Row failover = row("failover");
    for (String one : List.of("tyer:", "tyer:?tls=on", "etcd-put:")) {
      assertThat(failover.suits(Address.parse(one), Subjects.of(Address.parse(one)))).isTrue();
    }
    for (String other : List.of("tyer://h:1", "etcd-put://h:1", "redis:", "memory:x", "jetcd:")) {
      assertThat(failover.suits(Address.parse(other), Subjects.of(Address.parse(other)))).isFalse();
    }
  }

  private static Row row(String name) {
    return Rows.named(name).orElseThrow();
  }

  @Test
  void manyThreadsShareAsManyConnectionsAsThoseOfLibraries() {
    Row many = Rows.named("pairs-64").orElseThrow();
    assertThat(many.adapted(Address.parse("postgresql://h/d?ttl=5s")).query())
        .isEqualTo("ttl=5s&connections=20");
    assertThat(many.adapted(Address.parse("postgresql://h/d?connections=7")).query())
        .isEqualTo("connections=7");
    for (String other : List.of("spring-postgresql://h/d", "h2:x", "redis://h", "file:d")) {
      assertThat(many.adapted(Address.parse(other)).query()).isEmpty();
    }
    Row few = Rows.named("pairs-8").orElseThrow();
    assertThat(few.adapted(Address.parse("postgresql://h/d")).query()).isEmpty();
  }
}
