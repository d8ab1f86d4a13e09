package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the engine depend on each other in no circle. */
class NoArrowUpTest {

  private static final Pattern WORD = Pattern.compile("(?<![.\\w])[A-Z]\\w*");
  private static final Pattern NO_CODE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(?:[^\"\\\\]|\\\\.)*\"");

  @Test
  void noFileIsKnownByWhatItKnows() throws IOException {
    Map<String, Set<String>> known = references(Path.of("src/main/java/io/tyer/engine"));
    assertThat(known).hasSizeGreaterThan(40);
    assertThat(known.get("Engine")).contains("Client");
    List<String> cycles = new ArrayList<>();
    for (String file : known.keySet()) {
      if (reachable(known, file).contains(file)) {
        cycles.add(file);
      }
    }
    assertThat(cycles).isEmpty();
  }

  @Test
  void aCycleIsSeen() {
    Map<String, Set<String>> known =
        Map.of("A", Set.of("B"), "B", Set.of("C"), "C", Set.of("A"), "D", Set.of("A"));
    assertThat(reachable(known, "A")).contains("A");
    assertThat(reachable(known, "D")).doesNotContain("D");
  }

  private static Map<String, Set<String>> references(Path folder) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(NoArrowUpTest::isClass).forEach(file -> texts.put(name(file), read(file)));
    }
    Map<String, Set<String>> known = new HashMap<>();
    texts.forEach(
        (name, text) -> {
          Set<String> named = new HashSet<>();
          Matcher words = WORD.matcher(NO_CODE.matcher(text).replaceAll(" "));
          while (words.find()) {
            named.add(words.group());
          }
          named.retainAll(texts.keySet());
          named.remove(name);
          known.put(name, named);
        });
    return known;
  }

  private static boolean isClass(Path file) {
    return name(file).matches("[A-Z]\\w*");
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> reachable(Map<String, Set<String>> known, String from) {
    Set<String> seen = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(known.getOrDefault(from, Set.of()));
    while (!left.isEmpty()) {
      String next = left.remove();
      if (seen.add(next)) {
        left.addAll(known.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }
}
