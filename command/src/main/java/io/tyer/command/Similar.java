package io.tyer.command;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Guesses which option somebody meant. */
final class Similar {

  /** More than two slips of the finger are another word. */
  private static final int FARTHEST = 2;

  private Similar() {}

  /** The option that looks most like it, with its dashes; empty if none does. */
  static String to(String given, Options options) {
    String best = "";
    int least = FARTHEST + 1;
    for (Option option : options.getOptions()) {
      String name = "--" + option.getLongOpt();
      int distance = distance(given, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  /** How many letters have to be put in, taken out or changed to make one of the other. */
  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
