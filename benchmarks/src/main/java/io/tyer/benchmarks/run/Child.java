package io.tyer.benchmarks.run;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.rows.Players;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of one run. Its one argument is the file that holds its job. */
public final class Child {

  private static final Logger log = LoggerFactory.getLogger(Child.class);
  private static final int ORPHANED = 3;

  private Child() {}

  /** Plays, writes what it found, and exits with 0, or with 1 if it failed. */
  public static void main(String[] args) {
    endWithParent(System.in);
    int code = 0;
    try {
      Job job = Message.read(Path.of(args[0]), Job.class);
      Outcome outcome = new Outcome(new LinkedHashMap<>(play(job)), collectors());
      Message.write(Path.of(job.result()), outcome);
    } catch (Exception | Error e) {
      log.error("the run has failed", e);
      code = 1;
    }
    System.exit(code);
  }

  private static Map<String, Double> play(Job job) throws Exception {
    Row row = Rows.named(job.row()).orElseThrow();
    Board board = Board.at(Path.of(job.board()));
    Address place = Address.parse(job.place());
    return Players.play(row, place, board, job.effort(), job.roles(), job.players());
  }

  /** The parent holds the other end, and nothing ever comes through it. */
  private static void endWithParent(InputStream parent) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (parent.read() >= 0) {
                  log.debug("input is ignored");
                }
              } catch (IOException e) {
                log.debug("the parent is gone", e);
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }
}
