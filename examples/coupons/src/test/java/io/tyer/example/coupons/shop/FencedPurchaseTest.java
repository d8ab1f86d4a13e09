package io.tyer.example.coupons.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Tyer;
import io.tyer.example.frame.HostedDatabase;
import io.tyer.example.frame.Transactions;
import io.tyer.fence.JdbcFence;
import io.tyer.fence.StaleTokenException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A former holder that writes while its successor is between reading and writing. */
@Timeout(180)
class FencedPurchaseTest {

  private static final String COUPON = "coupon";

  private final HostedDatabase hosted = HostedDatabase.start();
  private final DataSource dataSource = HostedDatabase.connect(hosted.url());
  private final Transactions transactions = new Transactions(dataSource);
  private final JdbcFence fence = new JdbcFence();

  FencedPurchaseTest() throws SQLException {}

  @BeforeEach
  void createTables() throws SQLException {
    transactions.execute(
        fence::createTable,
        List.of(
            "CREATE TABLE tyer_demo_coupon (id varchar(9), remaining int, per_user int)",
            "CREATE TABLE tyer_demo_order (id varchar(36), user_id bigint, seller varchar(9))",
            "CREATE TABLE tyer_demo_redemption"
                + " (order_id varchar(36), coupon_id varchar(9), user_id bigint)",
            "INSERT INTO tyer_demo_coupon VALUES ('coupon', 10, 2)"));
  }

  @AfterEach
  void close() {
    hosted.close();
  }

  private FencedPurchase purchase(Tyer tyer, Steps steps) {
    return new FencedPurchase(
        tyer.lock(COUPON), fence, transactions, new CouponTables("test"), steps, COUPON);
  }

  private int count(String query) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  @Test
  void sells() throws Exception {
    try (Tyer tyer = Tyer.open("memory:" + UUID.randomUUID())) {
      Purchase purchase = purchase(tyer, new Steps() {});
      assertThat(purchase.buy(1)).isEqualTo(Outcome.SOLD);
      assertThat(purchase.buy(1)).isEqualTo(Outcome.SOLD);
      assertThat(purchase.buy(1)).isEqualTo(Outcome.LIMIT_REACHED);
    }
    assertThat(count("SELECT remaining FROM tyer_demo_coupon")).isEqualTo(8);
  }

  @Test
  void onceTheSuccessorHasReadNobodyOlderWrites() throws Exception {
    String store = "memory:" + UUID.randomUUID();
    CompletableFuture<Void> successorHasRead = new CompletableFuture<>();
    CompletableFuture<Void> formerIsAboutToWrite = new CompletableFuture<>();
    try (Tyer one = Tyer.open(store);
        Tyer other = Tyer.open(store)) {
      Steps waits =
          new Steps() {
            @Override
            public void writing(Offer offer) {
              formerIsAboutToWrite.complete(null);
              successorHasRead.join();
            }
          };
      CompletableFuture<Outcome> former = new CompletableFuture<>();
      Thread thread = new Thread(() -> complete(former, purchase(one, waits)), "former");
      thread.start();
      formerIsAboutToWrite.get(60, TimeUnit.SECONDS);
      assertThat(other.operator().removeNow(COUPON, OptionalLong.empty())).isOne();
      Steps letsGo =
          new Steps() {
            @Override
            public void decided(Offer offer) {
              successorHasRead.complete(null);
              assertThatThrownBy(() -> former.get(60, TimeUnit.SECONDS))
                  .isInstanceOf(ExecutionException.class)
                  .hasCauseInstanceOf(StaleTokenException.class);
            }
          };
      assertThat(purchase(other, letsGo).buy(2)).isEqualTo(Outcome.SOLD);
    }
    assertThat(count("SELECT remaining FROM tyer_demo_coupon")).isEqualTo(9);
    assertThat(count("SELECT COUNT(*) FROM tyer_demo_redemption")).isOne();
    assertThat(count("SELECT COUNT(*) FROM tyer_demo_order")).isOne();
  }

  private static void complete(CompletableFuture<Outcome> result, Purchase purchase) {
    try {
      result.complete(purchase.buy(1));
    } catch (SQLException | InterruptedException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
