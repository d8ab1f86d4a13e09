package io.tyer.fence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a barrier keeps.
 *
 * @param number of the round
 * @param come how many have come in this round; less than the parties
 * @param parties how many must come
 */
record Rounds(long number, int come, int parties) {

  private static final Pattern TEXT =
      Pattern.compile("round (\\d{1,18}): (\\d{1,9}) of (\\d{1,9})");

  Rounds oneMore() {
    return come + 1 == parties ? next() : new Rounds(number, come + 1, parties);
  }

  Rounds oneLess() {
    return new Rounds(number, Math.max(0, come - 1), parties);
  }

  Rounds next() {
    return new Rounds(number + 1, 0, parties);
  }

  String text() {
    return "round " + number + ": " + come + " of " + parties;
  }

  static Rounds parse(String resource, String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new IllegalStateException(
          resource + " holds no barrier; choose another value for the barrier");
    }
    return new Rounds(
        Long.parseLong(found.group(1)),
        Integer.parseInt(found.group(2)),
        Integer.parseInt(found.group(3)));
  }
}
