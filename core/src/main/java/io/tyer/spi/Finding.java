package io.tyer.spi;

/**
 * One thing that a diagnosis has found out about a store.
 *
 * @param level how it stands with it
 * @param topic what it is about, in one word that programs may rely on, such as {@code rights}
 * @param text what was found, in plain words and without secrets
 * @param advice what helps; empty if nothing is to be done
 */
public record Finding(Level level, String topic, String text, String advice) {

  /** How it stands. */
  public enum Level {
    /** As it should be, or good to know. */
    OK,
    /** The promises are kept, but something costs time or trust. */
    WARNING,
    /** The promises cannot be kept like this, or the store cannot be used at all. */
    PROBLEM
  }

  /** As it should be, or good to know. */
  public static Finding ok(String topic, String text) {
    return new Finding(Level.OK, topic, text, "");
  }

  /** Something that costs time or trust, and what helps. */
  public static Finding warning(String topic, String text, String advice) {
    return new Finding(Level.WARNING, topic, text, advice);
  }

  /** Something that keeps the store from keeping its promises, and what helps. */
  public static Finding problem(String topic, String text, String advice) {
    return new Finding(Level.PROBLEM, topic, text, advice);
  }
}
