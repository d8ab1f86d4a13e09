package io.tyer.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that a URL of MariaDB's or MySQL's names. Their drivers would choose among them, but do
 * not see which one only reads, and go on within a connection at another one, of which then nobody
 * looks what it has of what was committed.
 */
final class Hosts {

  /** Not those of which the driver is to choose any one, or a replica for reading. */
  private static final Pattern LIST =
      Pattern.compile("(jdbc:(?:mariadb|mysql):)(?:sequential:)?(//)([^/?]+)(.*)", Pattern.DOTALL);

  private Hosts() {}

  /** The URLs of each of them, in order; the URL itself where the driver is to choose. */
  static List<String> each(String url) {
    Matcher matcher = LIST.matcher(url);
    if (!matcher.matches()) {
      return List.of(url);
    }
    List<String> urls = new ArrayList<>();
    for (String host : split(matcher.group(3))) {
      if (host.isBlank()) {
        return List.of(url);
      }
      urls.add(matcher.group(1) + matcher.group(2) + host.strip() + matcher.group(4));
    }
    return urls;
  }

  /** At commas that are not within brackets. */
  private static List<String> split(String hosts) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < hosts.length(); i++) {
      char c = hosts.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(hosts.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(hosts.substring(from));
    return parts;
  }
}
