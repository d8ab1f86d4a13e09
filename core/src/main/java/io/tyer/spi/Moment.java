package io.tyer.spi;

/**
 * A moment by the clocks of this process; both, since a machine that is suspended stops one only.
 *
 * @param nanos by {@link Surroundings#nanoTime}
 * @param wallMillis by {@link Surroundings#wallMillis}
 */
public record Moment(long nanos, long wallMillis) {

  /** This moment. A pause between reading the two looks as if the wall clock were behind. */
  public static Moment now(Surroundings surroundings) {
    long wallMillis = surroundings.wallMillis();
    return new Moment(surroundings.nanoTime(), wallMillis);
  }
}
