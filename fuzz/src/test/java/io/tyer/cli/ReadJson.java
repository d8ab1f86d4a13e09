package io.tyer.cli;

import java.util.ArrayList;
import java.util.List;

/** Reads the strings out of JSON, and nothing else of it; refuses what JSON forbids in them. */
final class ReadJson {

  private ReadJson() {}

  static List<String> strings(String json) {
    List<String> found = new ArrayList<>();
    int at = json.indexOf('"');
    while (at >= 0) {
      StringBuilder text = new StringBuilder();
      at++;
      while (json.charAt(at) != '"') {
        char c = json.charAt(at++);
        if (c < ' ') {
          throw new AssertionError("a control character at " + at);
        }
        if (c == '\\') {
          char escape = json.charAt(at++);
          switch (escape) {
            case '"', '\\' -> text.append(escape);
            case 'u' -> {
              text.append((char) Integer.parseInt(json.substring(at, at + 4), 16));
              at += 4;
            }
            default -> throw new AssertionError("an escape that is not written here: " + escape);
          }
        } else {
          text.append(c);
        }
      }
      found.add(text.toString());
      at = json.indexOf('"', at + 1);
    }
    return found;
  }
}
