package io.tyer.example.coupons;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.Tyer;
import io.tyer.example.coupons.shop.CouponTables;
import io.tyer.example.coupons.shop.FencedPurchase;
import io.tyer.example.coupons.shop.LockedPurchase;
import io.tyer.example.coupons.shop.Purchase;
import io.tyer.example.coupons.shop.Steps;
import io.tyer.example.coupons.shop.Transactions;
import io.tyer.example.coupons.shop.UnlockedPurchase;
import io.tyer.fence.JdbcFence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A process of the shop. It is given its jobs on its standard input, sells when told {@link
 * #START}, and says what happens on its standard output.
 */
public final class BuyerProcess {

  /** The sale begins. */
  static final String START = "start";

  /** To one that stands between its read and its write: write. */
  static final String GO = "go";

  private BuyerProcess() {}

  /** Does what it is given until its standard input ends; exits with 1 if it could not. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (BuyerJob job = BuyerJob.read(in); job != null; job = BuyerJob.read(in)) {
      BuyerVoice voice = new BuyerVoice(job, in, out);
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
        try (Tyer tyer = Tyer.builder(job.store()).ttl(Duration.ofMillis(job.ttlMillis())).open()) {
          sell(job, purchase(job, tyer, transactions, tables, voice), voice);
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
