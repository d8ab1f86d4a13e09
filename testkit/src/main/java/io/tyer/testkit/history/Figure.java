package io.tyer.testkit.history;

/**
 * A number with its name.
 *
 * @param name what was counted or measured
 * @param value how much, with its unit
 */
public record Figure(String name, String value) {

  static Figure of(String name, long count) {
    return new Figure(name, Long.toString(count));
  }
}
