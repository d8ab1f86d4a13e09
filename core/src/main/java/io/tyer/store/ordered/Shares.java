package io.tyer.store.ordered;

import io.tyer.line.Ask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much a shared ticket takes of how much there is, as {@code s2of5} or {@code s1ofall}. */
record Shares(int weight, int capacity) {

  private static final Pattern WRITTEN =
      Pattern.compile("s([1-9][0-9]{0,6})of([1-9][0-9]{0,6}|all)");

  static String write(int weight, int capacity) {
    return "s" + weight + "of" + (capacity == Ask.UNBOUNDED ? "all" : String.valueOf(capacity));
  }

  static Shares read(String text) throws Malformed {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new Malformed("it takes '" + text + "', which is no number of permits");
    }
    int weight = Integer.parseInt(written.group(1));
    boolean unbounded = written.group(2).equals("all");
    int capacity = unbounded ? Ask.UNBOUNDED : Integer.parseInt(written.group(2));
    if (weight > Ask.MAX_PERMITS
        || weight > capacity
        || (!unbounded && capacity > Ask.MAX_PERMITS)) {
      throw new Malformed("it takes '" + text + "', which nobody may");
    }
    return new Shares(weight, capacity);
  }
}
