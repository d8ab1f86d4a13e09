package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.testkit.guarantees.Guarantees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * docs/GUARANTEES.md says what the results of the contract say. With {@code
 * -Dtyer.guarantees=write} it is written instead, only if every behaviour ran.
 */
@Tag("full")
class GuaranteesPageTest {

  @Test
  void thePageSaysWhatTheResultsSay() throws IOException {
    Path root = Repository.ofWorkingDirectory().root();
    Path page = root.resolve("docs/GUARANTEES.md");
    Guarantees guarantees = Guarantees.in(root);
    if ("write".equals(System.getProperty("tyer.guarantees"))) {
      assertThat(guarantees.gaps()).as("missing results").isEmpty();
      assertThat(guarantees.failed()).as("behaviours that failed").isEmpty();
      assertThat(guarantees.skippedHere()).as("behaviours this machine cannot run").isEmpty();
      Files.writeString(page, guarantees.page());
      return;
    }
    List<String> gaps = guarantees.gaps();
    String reason = "skipped: the contract did not run on every store: " + gaps;
    if (!gaps.isEmpty()) {
      System.out.println(reason);
    }
    assumeTrue(gaps.isEmpty(), reason);
    // What a lesser machine skips changes nothing: the page was written where nothing was skipped.
    guarantees.skippedHere().forEach(skipped -> System.out.println("not run here: " + skipped));
    assertThat(guarantees.failed()).as("behaviours that failed").isEmpty();
    assertThat(Files.readString(page))
        .as("docs/GUARANTEES.md; docs/guarantees.sh writes it anew")
        .isEqualTo(guarantees.page());
  }
}
