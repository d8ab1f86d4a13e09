package io.tyer.example.coupons;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Rounds, one after the other. */
final class Demo {

  /** So that rounds of different runs have different coupons and users, in 63 bits. */
  private static final long MOST_RUNS = 1L << 40;

  private Demo() {}

  /** Runs these; each has a coupon and users of its own. */
  static List<RoundResult> run(
      List<Round> rounds, Settings settings, Database database, Audience audience)
      throws IOException, SQLException, InterruptedException {
    long run = ThreadLocalRandom.current().nextLong(MOST_RUNS);
    List<RoundResult> results = new ArrayList<>();
    try (Crew crew = new Crew(settings.buyers())) {
      for (Round round : rounds) {
        Sale sale = Sale.of(run, round, settings.users());
        results.add(
            new RoundRun(round, settings, sale, crew.buyers(), audience)
                .run(database.connection()));
      }
    }
    return results;
  }
}
