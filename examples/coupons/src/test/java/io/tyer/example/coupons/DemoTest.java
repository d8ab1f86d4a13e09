package io.tyer.example.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** All rounds in small form, with real processes, judged by what the database says. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

  private static final int STOCK = 12;

  private final Heard heard = new Heard();
  private List<RoundResult> results = List.of();

  @BeforeAll
  void runAll(@TempDir Path directory) throws Exception {
    try (Database database = Database.hosted()) {
      Settings settings =
          new Settings(
              database.url(),
              "file:" + directory,
              STOCK,
              3,
              Duration.ofSeconds(1),
              Duration.ofMillis(15));
      results = Demo.run(List.of(Round.values()), settings, database, heard);
    }
  }

  @AfterAll
  void leavesNoProcess() {
    assertThat(ProcessHandle.current().children().filter(DemoTest::isBuyer)).isEmpty();
  }

  private static boolean isBuyer(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(BuyerProcess.class.getName());
  }

  private RoundResult result(Round round) {
    return results.get(round.number() - 1);
  }

  private Audit audit(Round round) {
    return result(round).audit();
  }

  @Test
  void everythingIsAsExpected() {
    assertThat(Scoreboard.broken(results)).isEmpty();
    assertThat(heard.ended()).containsExactly(Round.values());
  }

  @Test
  void withoutALockMoreAreSoldThanThereAre() {
    assertThat(audit(Round.NO_LOCK).oversold()).isPositive();
    assertThat(result(Round.NO_LOCK).count(EventKind.LOCKED)).isZero();
  }

  @Test
  void withALockTheStockIsSold() {
    assertThat(audit(Round.LOCK)).isEqualTo(new Audit(STOCK, 0, STOCK, 0, 0));
  }

  @Test
  void afterADeathTheOthersGoOn() {
    RoundResult result = result(Round.KILLED);
    assertThat(result.audit()).isEqualTo(new Audit(STOCK, 0, STOCK, 0, 0));
    assertThat(result.count(EventKind.KILLED)).isOne();
    int killed = buyer(result, EventKind.KILLED);
    assertThat(after(result, EventKind.KILLED))
        .noneMatch(event -> event.kind() == EventKind.SOLD && event.buyer() == killed)
        .anyMatch(event -> event.kind() == EventKind.SOLD);
  }

  @Test
  void theFenceRefusesWhoWakesUpLate() {
    RoundResult result = result(Round.FENCED);
    assertThat(result.audit()).isEqualTo(new Audit(STOCK, 0, STOCK, 0, 0));
    assertThat(buyer(result, EventKind.REFUSED)).isEqualTo(buyer(result, EventKind.PAUSED));
  }

  @Test
  void withoutTheFenceItSellsWhatWasSold() {
    RoundResult result = result(Round.NOT_FENCED);
    // The rest that it had read, which the others have sold.
    assertThat(result.audit().oversold()).isEqualTo(STOCK / 2);
    assertThat(result.count(EventKind.REFUSED)).isZero();
    int late = buyer(result, EventKind.RESUMED);
    assertThat(after(result, EventKind.RESUMED))
        .anyMatch(event -> event.kind() == EventKind.SOLD && event.buyer() == late);
  }

  @Test
  void thePageShowsEachRoundAndNeedsNothingElse() {
    String page = Page.of(results);
    assertThat(page)
        .contains(
            "too many", "refused by the database", "killed", "wakes up", "sells what was sold")
        .doesNotContain("src=", "href=", "PASSWORD", "null", "NaN");
    assertThat(page.split("<svg ", -1)).hasSize(2 + Round.values().length);
  }

  @Test
  void whatWasExpectedStandsBesideWhatHappened() {
    String table = String.join("\n", Scoreboard.table(results));
    String page = Page.of(results);
    for (RoundResult result : results) {
      assertThat(page).contains(result.round().expected(), result.happened());
      assertThat(SalesPicture.of(results)).contains(result.happened());
    }
    assertThat(table)
        .containsPattern("1 no lock +too many +sold \\d+ of 12: \\d+ too many")
        .containsPattern("2 lock +exactly 12 +sold 12 of 12\n")
        .containsPattern("tokens are checked +exactly 12 +sold 12 of 12; 1 late write refused")
        .containsPattern("tokens are not checked +too many +sold 18 of 12: 6 too many")
        .contains("Round 1 sells too many: nothing protects it.")
        .doesNotContain("NOT AS EXPECTED");
  }

  @Test
  void thePictureOfAllRoundsStandsAlone() throws Exception {
    String picture = SalesPicture.of(results);
    assertThat(picture).doesNotContain("src=", "href=", "PASSWORD", "null", "NaN");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
  }

  private static int buyer(RoundResult result, EventKind kind) {
    return first(result, kind).buyer();
  }

  private static Event first(RoundResult result, EventKind kind) {
    return result.events().stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
  }

  private static List<Event> after(RoundResult result, EventKind kind) {
    int at = result.events().indexOf(first(result, kind));
    return IntStream.range(at + 1, result.events().size()).mapToObj(result.events()::get).toList();
  }
}
