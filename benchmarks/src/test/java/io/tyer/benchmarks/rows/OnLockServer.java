package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Rows on three members of the lock server, with TLS, as they are started for a run. */
abstract class OnLockServer {

  static Servers servers;
  static Address place;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    servers = new Servers();
    place = servers.locate(Address.parse("tyer:?tls=on&ttl=5s"));
  }

  @AfterAll
  static void end() throws IOException {
    servers.close();
  }

  Map<String, Double> play(String name, Effort effort) throws Exception {
    Row row = Rows.named(name).orElseThrow();
    List<Integer> roles = IntStream.range(0, row.players()).boxed().toList();
    return Players.play(row, place, Board.at(directory.resolve(name)), effort, roles, roles.size());
  }
}
