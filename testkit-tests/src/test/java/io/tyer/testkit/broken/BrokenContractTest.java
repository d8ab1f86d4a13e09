package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tyer.testkit.contract.OwnershipContract;
import io.tyer.testkit.contract.ServerUnderTest;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.contract.TokenContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Suites of the contract fail on a store that breaks what they show. */
@Isolated
@Timeout(300)
@Tag("full")
class BrokenContractTest {

  private static final String RESULTS = "tyer.contract.results";

  @TempDir Path results;

  @Test
  void leavingForSomebodyElseFailsTheSuiteOfOwnership() {
    assertThat(failedIn(Ownership.class))
        .contains(
            "nobodyElseGivesATicketBack()",
            "nobodyElseGivesAWaitingTicketBack()",
            "aRepeatedLeaveTakesNothingFromWhoCameNext()")
        .doesNotContain("aRepeatedEnterFindsItsOwnTicket()");
  }

  @Test
  void numbersThatStartAgainFailTheSuiteOfTokens() {
    assertThat(failedIn(Token.class))
        .contains("tokensGrowFromLeaseToLeaseAndFromClientToClient()")
        .doesNotContain("aTokenThatIsFirstAskedForAfterClosingIsRefused()");
  }

  /** The behaviours that failed; what came out is not noted among the results of sound stores. */
  private Set<String> failedIn(Class<?> suite) {
    Set<String> failed = new ConcurrentSkipListSet<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
              failed.add(test.getDisplayName());
            }
          }
        };
    String before = System.getProperty(RESULTS);
    System.setProperty(RESULTS, results.toString());
    try {
      LauncherFactory.create().execute(request, listener);
    } finally {
      if (before == null) {
        System.clearProperty(RESULTS);
      } else {
        System.setProperty(RESULTS, before);
      }
    }
    return failed;
  }

  private static StoreUnderTest broken(Defect defect, Path scratch) throws IOException {
    return new ServerUnderTest(BrokenKind.of(defect), new BrokenStoreProvider(), scratch);
  }

  /** Run by the launcher only. */
  static class Ownership extends OwnershipContract implements StoreSource {
    @Override
    public StoreUnderTest storeUnderTest(Path scratch) throws IOException {
      return broken(Defect.NO_OWNER_CHECK, scratch);
    }
  }

  /** Run by the launcher only. */
  static class Token extends TokenContract implements StoreSource {
    @Override
    public StoreUnderTest storeUnderTest(Path scratch) throws IOException {
      return broken(Defect.NUMBERS_RESTART, scratch);
    }
  }
}
