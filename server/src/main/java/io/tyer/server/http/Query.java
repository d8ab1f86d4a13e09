package io.tyer.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters behind a path's question mark. */
final class Query {

  private static final int MAX_PARAMETERS = 16;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads them.
   *
   * @param known what there may be
   * @throws Refusal if there is anything else, or one of them twice
   */
  static Query parse(@Nullable String text, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : List.of(text.split("&", MAX_PARAMETERS))) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!known.contains(name)) {
          throw Refusal.bad(
              "the query has a parameter that is not known here; known are: " + sorted(known));
        }
        String value = Percent.decode(name, equals < 0 ? "" : pair.substring(equals + 1), true);
        if (values.put(name, value) != null) {
          throw Refusal.bad("the query has '" + name + "' twice: give it once");
        }
      }
    }
    return new Query(values);
  }

  private static String sorted(Set<String> known) {
    return known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList());
  }

  /** Empty if it is not there. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  boolean flag(String name) {
    String value = values.get(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw Refusal.bad(name + " is true or false");
  }

  Optional<Long> number(String name, long least, long most) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refusal.bad(name + " is a number from " + least + " to " + most);
  }
}
