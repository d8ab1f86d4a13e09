package io.tyer.example.coupons;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A round: has the buyers sell, strikes one if the round says so, and counts when all are done. */
final class RoundRun {

  /** How long nobody may say anything, beyond a TTL: a start of JVMs, a slow database. */
  private static final long LONGEST_SILENCE_SECONDS = 30;

  private final Round round;
  private final Settings settings;
  private final Sale sale;
  private final Audience audience;
  private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
  private final List<Buyer> buyers;
  private final List<Event> events = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Striking striking;
  private int ready;
  private final Set<Integer> done = new TreeSet<>();
  private long startedNanos;

  RoundRun(Round round, Settings settings, Sale sale, List<Buyer> buyers, Audience audience) {
    this.round = round;
    this.settings = settings;
    this.sale = sale;
    this.buyers = buyers;
    this.audience = audience;
    this.striking = new Striking(round.blow());
  }

  /** Runs it, with the shop's database on this connection. Who does not finish is killed. */
  RoundResult run(Connection connection) throws SQLException, IOException, InterruptedException {
    audience.begins(round, settings);
    sale.open(connection, settings.stock());
    buyers.forEach(this::give);
    while (done.size() < buyers.size()) {
      Event event = heard.poll(silence(), TimeUnit.SECONDS);
      if (event == null) {
        failures.add("no buyer has said anything for " + silence() + " s");
        buyers.stream().filter(one -> !done.contains(one.number())).forEach(Buyer::kill);
        break;
      }
      happens(event);
    }
    // Buyers speak by pipes of their own, so what they say arrives in about that order.
    events.sort(Comparator.comparingLong(Event::nanos));
    RoundResult result =
        new RoundResult(
            round,
            settings,
            startedNanos,
            List.copyOf(events),
            List.copyOf(failures),
            Audit.of(connection, sale));
    audience.ends(result);
    return result;
  }

  private void give(Buyer buyer) {
    BuyerJob job =
        new BuyerJob(
            buyer.number(),
            round.guard(),
            settings.database(),
            settings.store(),
            settings.ttl().toMillis(),
            settings.think().toMillis(),
            sale,
            round.blow() == Blow.NONE ? 0 : settings.strikeAt());
    buyer.give(job, heard::add);
  }

  private long silence() {
    return settings.ttl().toSeconds() + LONGEST_SILENCE_SECONDS;
  }

  private void happens(Event event) throws IOException, InterruptedException {
    record(event);
    Buyer buyer = buyers.get(event.buyer() - 1);
    switch (event.kind()) {
      case READY -> {
        if (++ready == buyers.size()) {
          startedNanos = System.nanoTime();
          audience.started(startedNanos);
          buyers.forEach(one -> one.tell(BuyerProcess.START));
        }
      }
      case STANDING -> striking.stands(buyer).forEach(this::record);
      case FAILED -> failures.add("buyer " + event.buyer() + " gave up: " + event.detail());
      case OVER -> isDone(buyer);
      case ENDED -> {
        if (!striking.hasKilled(buyer)) {
          failures.add("buyer " + event.buyer() + " ended with exit code " + event.detail());
        }
        isDone(buyer);
      }
      default -> {}
    }
  }

  private void isDone(Buyer buyer) throws IOException, InterruptedException {
    done.add(buyer.number());
    if (done.size() == buyers.size() - 1) {
      striking.nobodyElseIsLeft().forEach(this::record);
    }
  }

  private void record(Event event) {
    events.add(event);
    audience.happens(event);
  }
}
