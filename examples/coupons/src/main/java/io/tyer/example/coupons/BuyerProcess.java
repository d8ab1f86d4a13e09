package io.tyer.example.coupons;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.OutcomeUnknownException;
import io.tyer.Tyer;
import io.tyer.example.coupons.shop.CouponTables;
import io.tyer.example.coupons.shop.FencedPurchase;
import io.tyer.example.coupons.shop.LockedPurchase;
import io.tyer.example.coupons.shop.Purchase;
import io.tyer.example.coupons.shop.Steps;
import io.tyer.example.coupons.shop.UnlockedPurchase;
import io.tyer.example.frame.Parent;
import io.tyer.example.frame.Transactions;
import io.tyer.fence.JdbcFence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of the shop. It is given its jobs on its standard input, sells when told {@link
 * #START}, and says what happens on its standard output.
 */
public final class BuyerProcess {

  /** The sale begins. */
  static final String START = "start";

  /** To one that stands between its read and its write: write. */
  static final String GO = "go";

  private static final int MOST_OPENINGS = 20;

  private BuyerProcess() {}

  /** Does what it is given until its standard input ends; exits with 1 if it could not. */
  public static void main(String[] args) {
    Parent parent = new Parent();
    Optional<String> first = parent.next();
    for (; first.isPresent(); first = parent.next()) {
      BuyerJob job = BuyerJob.read(first.get(), parent);
      BuyerVoice voice = new BuyerVoice(job, parent);
      try {
        work(job, voice);
        voice.say(EventKind.OVER, "");
      } catch (SQLException | InterruptedException | RuntimeException e) {
        voice.say(EventKind.FAILED, e.toString());
        System.exit(1);
      }
    }
  }

  private static void work(BuyerJob job, BuyerVoice voice)
      throws SQLException, InterruptedException {
    String coupon = job.sale().coupon();
    try (HikariDataSource dataSource = new HikariDataSource(pool(job))) {
      Transactions transactions = new Transactions(dataSource);
      CouponTables tables = new CouponTables("buyer " + job.buyer());
      if (job.guard() == Guard.NOTHING) {
        sell(job, new UnlockedPurchase(transactions, tables, voice, coupon), voice);
      } else {
        try (Tyer tyer = open(job)) {
          sell(job, purchase(job, tyer, transactions, tables, voice), voice);
        }
      }
    }
  }

  /** On a machine so busy that a session takes longer to open than its TTL, another is opened. */
  private static Tyer open(BuyerJob job) {
    for (int tries = 1; ; tries++) {
      try {
        return Tyer.builder(job.store()).ttl(Duration.ofMillis(job.ttlMillis())).open();
      } catch (OutcomeUnknownException e) {
        if (tries == MOST_OPENINGS) {
          throw e;
        }
      }
    }
  }

  private static Purchase purchase(
      BuyerJob job, Tyer tyer, Transactions transactions, CouponTables tables, Steps steps) {
    String coupon = job.sale().coupon();
    return job.guard() == Guard.LOCK
        ? new LockedPurchase(tyer.lock(coupon), transactions, tables, steps, coupon)
        : new FencedPurchase(
            tyer.lock(coupon),
            new JdbcFence(Database.FENCE_TABLE),
            transactions,
            tables,
            steps,
            coupon);
  }

  private static void sell(BuyerJob job, Purchase purchase, BuyerVoice voice)
      throws SQLException, InterruptedException {
    voice.say(EventKind.READY, "");
    voice.await(START);
    new Buying(purchase, job, voice).untilSoldOut();
  }

  private static HikariConfig pool(BuyerJob job) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(job.database());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(1);
    return config;
  }
}
