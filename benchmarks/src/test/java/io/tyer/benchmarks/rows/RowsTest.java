package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Stats;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Run;
import io.tyer.benchmarks.server.OwnServer;
import io.tyer.benchmarks.server.OwnStore;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row, on every store, in this process. */
@Timeout(180)
@Tag("full")
class RowsTest {

  private static OwnServer redis;

  /** Where many tests run side by side, a client may take its time to open. */
  private static final String PATIENT = "connect-timeout=10s&operation-timeout=10s";

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    redis = OwnStore.redis();
  }

  @AfterAll
  static void end() throws IOException {
    redis.close();
  }

  static Stream<Row> rows() {
    return Rows.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresInMemory(Row row) throws Exception {
    play(row, Address.parse("memory:rows-" + row.name()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresUnderBias(Row row) throws Exception {
    play(row, Address.parse("memory:biased-rows-" + row.name() + "?bias=true"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresInFiles(Row row) throws Exception {
    play(row, Address.parse("file:" + directory.resolve("locks")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresInADatabase(Row row) throws Exception {
    play(row, Address.parse("h2:rows-" + row.name()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresOnRedis(Row row) throws Exception {
    redis.clear();
    play(row, new Address("redis", redis.location(), PATIENT));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void yieldsItsFiguresOnRedisUnderBias(Row row) throws Exception {
    redis.clear();
    play(row, new Address("redis", redis.location(), PATIENT + "&bias=true"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasFloorsThatCanPlayIt(Row row) throws Exception {
    for (String uri : new String[] {"memory:x", "file:" + directory.resolve("floors"), "h2:x"}) {
      for (Run floor : Floors.of(row, Address.parse(uri))) {
        if (floor.row().kind() != Row.Kind.RECALL && row.kind() != Row.Kind.RECALL) {
          play(floor.row(), Places.fresh(floor.subject(), floor.subject().scheme()));
        }
      }
    }
  }

  /** Measures for a moment, or for as long as a busy machine needs to end anything. */
  private Map<String, Double> figures(Row row, Address place) throws Exception {
    for (int millis = 20; ; millis *= 10) {
      Board board = Board.at(directory.resolve("board-" + place.scheme() + "-" + millis));
      Effort effort = new Effort(5, millis, 3, 20, 1_000, 20);
      try {
        return Players.play(
            row,
            place,
            board,
            effort,
            IntStream.range(0, row.players()).boxed().toList(),
            row.players());
      } catch (ExecutionException e) {
        if (millis > 1_000 || !String.valueOf(e.getMessage()).contains(Stats.NOTHING_ENDED)) {
          throw e;
        }
      }
    }
  }

  private void play(Row row, Address place) throws Exception {
    assumeTrue(row.obstacle().isEmpty(), () -> row.obstacle().orElse(""));
    assumeTrue(row.suits(place, Subjects.of(place)), "does not apply");
    Map<String, Double> figures = figures(row, row.adapted(place));
    for (Figure figure : row.figures()) {
      if (figure.always()) {
        assertThat(figures).containsKey(figure.key());
      }
    }
    assertThat(figures.values()).allSatisfy(value -> assertThat(value).isFinite());
    assertThat(figures.getOrDefault(ContendedRow.VIOLATIONS, 0.0)).isZero();
  }
}
