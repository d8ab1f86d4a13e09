package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S1 by the resource: a refused token shows that a newer one was in use. */
class OvertakenCheckTest {

  private final Story story = new Story();

  @Test
  void aLeaseThatIsValidAfterItsTokenWasRefusedIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).then(20, What.REFUSED).valid(21, 5);
    assertThat(story.only(Kind.OVERTAKEN).text())
        .contains("refused the token of this lease at +0.000000020 s")
        .contains("said at +0.000000021 s that it is valid");
  }

  @Test
  void aLeaseThatWasLostBeforeItsTokenWasRefusedIsNone() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 5).then(20, What.REFUSED);
    story
        .exclusive(2, 1, 0)
        .granted(50, 20)
        .valid(51, 1)
        .then(60, What.REFUSED)
        .lost(61, "UNPROVED");
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whatALeaseSaysAfterItsDowngradeIsNotCounted() {
    story
        .exclusive(1, 1, 0)
        .granted(5, 10)
        .then(20, What.REFUSED)
        .then(21, What.DOWNGRADE)
        .valid(22, 5);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aStoreWhoseClockIsSetIsNotHeldToIt() {
    story.rules = Rules.all().without(Set.of(Kind.OVERTAKEN));
    story.exclusive(1, 1, 0).granted(5, 10).then(20, What.REFUSED).valid(21, 5);
    assertThat(story.verdict().violations()).isEmpty();
  }
}
