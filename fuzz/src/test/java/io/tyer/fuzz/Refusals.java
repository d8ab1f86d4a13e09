package io.tyer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** What a refusal must be, whatever was refused. */
public final class Refusals {

  /** Stands for a password in what is given to a parser. */
  public static final String SECRET = "hunter2";

  private static final int LONGEST_MORE = 2_000;

  private Refusals() {}

  /** It says what is wrong, and is not much longer than what it is about. */
  public static void explains(Throwable refusal, int givenLength) {
    assertThat(refusal.getMessage()).isNotBlank();
    assertThat(String.valueOf(refusal.getMessage()))
        .hasSizeLessThan(8 * givenLength + LONGEST_MORE);
  }

  /** Nothing of it shows the password, nor do its causes, which a log prints too. */
  public static void hideTheSecret(Throwable refusal) {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(SECRET);
    }
  }
}
