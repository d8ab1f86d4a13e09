package io.tyer.example.coupons;

import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.example.coupons.shop.Outcome;
import io.tyer.example.coupons.shop.Purchase;
import io.tyer.fence.StaleTokenException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Users who want the coupon, one after the other and again, until none is left for any of them. */
final class Buying {

  private final Purchase purchase;
  private final BuyerVoice voice;
  private final List<Long> users;

  Buying(Purchase purchase, BuyerJob job, BuyerVoice voice) {
    this.purchase = purchase;
    this.voice = voice;
    this.users =
        LongStream.rangeClosed(job.sale().firstUser(), job.sale().lastUser())
            .boxed()
            .collect(Collectors.toList());
    // All buyers serve all users, each in an order of its own.
    Collections.shuffle(users, new Random(job.buyer()));
  }

  void untilSoldOut() throws SQLException, InterruptedException {
    boolean wanted = true;
    while (wanted) {
      wanted = false;
      for (long user : users) {
        // What came to nothing may come to something the next time.
        Outcome outcome = buy(user).orElse(Outcome.SOLD);
        if (outcome == Outcome.SOLD_OUT) {
          return;
        }
        wanted |= outcome == Outcome.SOLD;
      }
    }
  }

  /** How a purchase ended; empty if it came to nothing, and the next user is served. */
  private Optional<Outcome> buy(long user) throws SQLException, InterruptedException {
    try {
      return Optional.of(purchase.buy(user));
    } catch (StaleTokenException e) {
      voice.say(EventKind.REFUSED, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (LeaseLostException | OutcomeUnknownException e) {
      voice.say(EventKind.LOST, String.valueOf(e.getMessage()));
      return Optional.empty();
    } finally {
      voice.say(EventKind.DONE, "");
    }
  }
}
