package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import org.junit.jupiter.api.Test;

/** S2: which tokens contradict the order of grants, and which do not. */
class TokenCheckTest {

  private final Story story = new Story();

  @Test
  void twoLeasesWithOneTokenAreAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(2, 1, 1).granted(21, 10).released(30);
    story.only(Kind.TOKEN_REUSED);
  }

  @Test
  void aSmallerTokenAfterALargerOneIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 21).granted(22, 9).released(30);
    assertThat(story.only(Kind.TOKEN_ORDER).text())
        .contains("process 1, acquire 1 was granted after the exclusive lease of process 2")
        .contains("cannot have been over before +0.000000030 s")
        .contains("returned at +0.000000005 s");
  }

  @Test
  void aWriterWithASmallerTokenThanAReaderBeforeIsAViolation() {
    story.read(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 21).granted(22, 9).released(30);
    story.only(Kind.TOKEN_ORDER);
  }

  @Test
  void aReaderWithASmallerTokenThanAWriterBeforeIsNotRuledOut() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(2, 1, 21).granted(22, 9).released(30);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void readersTokensHaveNoOrderAmongEachOther() {
    story.read(1, 1, 0).granted(5, 11).released(20);
    story.read(2, 1, 21).granted(22, 10).released(30);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whoseCallsOverlapAndNothingElseIsKnownMayHaveAnyOrder() {
    story.exclusive(1, 1, 0).granted(20, 10).then(30, What.RELEASE);
    story.exclusive(2, 1, 5).granted(21, 9).then(30, What.RELEASE);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whatWasHeldFixesTheOrderOfOverlappingCalls() {
    story.exclusive(1, 1, 0).granted(20, 10).then(60, What.RELEASE);
    story.exclusive(2, 1, 5).granted(15, 9).released(25);
    story.only(Kind.TOKEN_ORDER);
  }

  @Test
  void oneWrongTokenIsNotToldOfAllThatFollow() {
    story.exclusive(1, 1, 0).granted(5, 999).released(10);
    for (int i = 2; i < 50; i++) {
      story.exclusive(1, i, i * 10L).granted(i * 10L + 1, i).released(i * 10L + 9);
    }
    story.only(Kind.TOKEN_ORDER);
  }

  @Test
  void aTokenThatChangesIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10);
    story.events().add(new Event(6, 1, 1, What.WRITE, "a", 0, 0, 11, 0, ""));
    story.only(Kind.TOKEN_CHANGED);
  }

  @Test
  void aTokenMayBeAskedForLate() {
    story.exclusive(1, 1, 0).granted(5, 0);
    story.events().add(new Event(6, 1, 1, What.WRITE, "a", 0, 0, 10, 0, ""));
    story.exclusive(2, 1, 7).granted(8, 9);
    story.only(Kind.TOKEN_ORDER);
  }

  @Test
  void aResourceThatAcceptsASmallerTokenIsAViolation() {
    story.accepts(1, 9, "a", 5).accepts(2, 9, "a", 7).accepts(3, 9, "b", 1);
    story.accepts(4, 9, "a", 7).accepts(5, 9, "a", 6).accepts(6, 9, "a", 8);
    assertThat(story.only(Kind.RESOURCE).text())
        .contains("(process 9) accepted token 6 at +0.000000004 s")
        .contains("accepted token 7 at +0.000000003 s");
  }

  @Test
  void aResourcesOrderIsThatOfItsFile() {
    story.accepts(5, 9, "a", 5).accepts(4, 9, "a", 7);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whatAClientWasToldIsNotTheResourcesOrder() {
    story.read(1, 1, 0).granted(5, 8);
    story.read(1, 2, 0).granted(5, 7);
    story.events().add(new Event(6, 1, 1, What.ACCEPTED, "a", 0, 0, 8, 0, ""));
    story.events().add(new Event(7, 1, 2, What.ACCEPTED, "a", 0, 0, 7, 0, ""));
    assertThat(story.verdict().violations()).isEmpty();
  }
}
