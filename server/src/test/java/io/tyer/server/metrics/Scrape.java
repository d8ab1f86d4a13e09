package io.tyer.server.metrics;

import java.util.HashMap;
import java.util.Map;

/** What a scrape says: values by their names with labels, as they stand in the text. */
public record Scrape(String text, Map<String, Double> values) {

  /** Reads Prometheus' text. */
  public static Scrape of(String text) {
    Map<String, Double> values = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), number(line.substring(space + 1)));
            });
    return new Scrape(text, values);
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /** One value. */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new AssertionError("there is no " + name + " in\n" + text);
    }
    return value;
  }
}
