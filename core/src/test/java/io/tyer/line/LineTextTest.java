package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written is read again; whatever else is read is refused. */
class LineTextTest {

  private static final String IDS =
      "0f0e0d0c0b0a09080706050403020100 fedcba98765432100123456789abcdef";

  @Test
  void formatOneIsThis() throws MalformedLineException {
    String text =
        "tyer-line 1 last 70000 tickets 2\n"
            + "41 exclusive 0f0e0d0c0b0a09080706050403020100 fedcba98765432100123456789abcdef"
            + " 1767225600000 recallable,revoked \"host \\\"a\\\\b\\\"\"\n"
            + "300 shared:2/500 0f0e0d0c0b0a09080706050403020100 00000000000000000000000000000001"
            + " -1 - \"caf\\u00e9\"";
    assertThat(LineText.write(Samples.two())).isEqualTo(text);
    assertThat(LineText.read(text)).isEqualTo(Samples.two());
    assertThat(LineText.write(Line.empty(7))).isEqualTo("tyer-line 1 last 7 tickets 0");
  }

  @Test
  void whatIsWrittenIsRead() throws MalformedLineException {
    for (int testCase = 0; testCase < 500; testCase++) {
      Random random = Seed.random(testCase);
      Line line = Samples.random(random, random.nextInt(60));
      String text = LineText.write(line);
      assertThat(text).as(Seed.label(testCase)).matches("[ -~\\n]*");
      assertThat(text.lines()).as(Seed.label(testCase)).hasSize(line.length() + 1);
      Line read = LineText.read(text);
      assertThat(Samples.same(read, line)).as(Seed.label(testCase)).isTrue();
      assertThat(LineText.write(read)).as(Seed.label(testCase)).isEqualTo(text);
    }
  }

  @Test
  void everyTruncationIsRefusedOrALine() throws MalformedLineException {
    for (Line line : Samples.few()) {
      String text = LineText.write(line);
      for (int length = 0; length < text.length(); length++) {
        String truncated = text.substring(0, length);
        // Of a line's text only its head can be cut and still be one: "tickets 3" of "tickets 30".
        if (isLine(truncated, truncated)) {
          assertThat(LineText.read(truncated).isEmpty()).isTrue();
        }
      }
    }
  }

  @Test
  void everyChangedCharacterIsRefusedOrMakesAnotherLine() {
    // One bit of each character, another one in each run.
    int first = Seed.random(0).nextInt(16);
    changeCharacters(i -> IntStream.of((first + i) % 16));
  }

  @Test
  @Tag("full")
  void everyChangedBitIsRefusedOrMakesAnotherLine() {
    changeCharacters(i -> IntStream.range(0, 16));
  }

  private static void changeCharacters(IntFunction<IntStream> bits) {
    for (Line line : Samples.few()) {
      String text = LineText.write(line);
      for (int i = 0; i < text.length(); i++) {
        for (int bit : bits.apply(i).toArray()) {
          StringBuilder changed = new StringBuilder(text);
          changed.setCharAt(i, (char) (text.charAt(i) ^ 1 << bit));
          isLine(changed.toString(), "bit " + bit + " of character " + i + " of\n" + text);
        }
      }
    }
  }

  @Test
  void randomTextIsRefusedOrALine() {
    for (int testCase = 0; testCase < 5_000; testCase++) {
      Random random = Seed.random(testCase);
      StringBuilder text = new StringBuilder();
      if (random.nextBoolean()) {
        text.append(LineText.write(Samples.random(random, random.nextInt(5))));
        for (int i = random.nextInt(4); i >= 0; i--) {
          text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(100)));
        }
      } else {
        text.append("tyer-line 1 ", 0, random.nextInt(13));
        for (int i = random.nextInt(100); i > 0; i--) {
          text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
      }
      isLine(text.toString(), Seed.label(testCase) + text);
    }
  }

  @Test
  void aNewerFormatIsNamed() {
    assertThatThrownBy(() -> LineText.read("tyer-line 2 whatever else"))
        .isInstanceOfSatisfying(
            MalformedLineException.class, e -> assertThat(e.newerFormat()).isTrue())
        .hasMessageContaining("newer release, in format 2");
  }

  @Test
  void whatIsWrongIsSaid() throws MalformedLineException {
    String head = "tyer-line 1 last 9 tickets 1\n";
    String row = "1 shared:1/* " + IDS + " 0 - \"\"";
    assertThat(LineText.read(head + row).length()).isEqualTo(1);
    refused("", "does not begin with");
    refused("tyer-line 0 last 0 tickets 0", "no format 0");
    refused("tyer-line x last 0 tickets 0", "not a plain number");
    refused("tyer-line 1 last 0 tickets", "its head is not");
    refused("tyer-line 1 last 0 tickets 0 ", "its head is not");
    refused("tyer-line 1 last 00 tickets 0", "not a plain number");
    refused("tyer-line 1 last -1 tickets 0", "a floor is");
    refused("tyer-line 1 last 0 tickets 0\n", "with 1 fields");
    refused(head, "with 1 fields");
    refused(head + row + "\n" + row.replace("1 ", "2 "), "has 2 tickets and says 1");
    refused(head.replace("1\n", "2\n") + row + "\n" + row, "after ticket 1");
    refused(head + row.replace("shared:1/*", "shared:0/*"), "a weight or capacity of 0");
    refused(head + row.replace("shared:1/*", "shared:2/1"), "a weight is 1 to");
    refused(head + row.replace("shared:1/*", "shared:1/1000001"), "a weight or capacity of");
    refused(head + row.replace("shared:1/*", "mutex"), "neither exclusive nor shared");
    refused(head + row.replace("0f0e", "0F0E"), "32 lower-case hex digits");
    refused(head + row.replace(" - ", " recalled "), "unknown marks");
    refused(head + row.replace("\"\"", "\""), "without quotes");
    refused(head + row.replace("\"\"", "\"a\"b\""), "should have been escaped");
    refused(head + row.replace("\"\"", "\"\u00e9\""), "should have been escaped");
    refused(head + row.replace("\"\"", "\"\\n\""), "unknown escape");
    refused(head + row.replace("\"\"", "\"\\\""), "unknown escape");
    refused(head + row.replace("\"\"", "\"\\u00e\""), "unknown escape");
    refused(head + row.replace("\"\"", "\"\\u00E9\""), "four lower-case hex digits");
    refused(head + row.replace("\"\"", "\"\\u0041\""), "needs none");
    refused(head + row.replace("\"\"", "\"\\u0007\""), "control characters");
    refused(head + row.replace("\"\"", "\"\\ud83d\""), "unpaired surrogate");
  }

  /** Whether it is a line; then it is written as the same text. */
  private static boolean isLine(String text, String label) {
    Line line;
    try {
      line = LineText.read(text);
    } catch (MalformedLineException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(label, e);
    }
    assertThat(LineText.write(line)).as(label).isEqualTo(text);
    return true;
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> LineText.read(text))
        .isInstanceOfSatisfying(
            MalformedLineException.class, e -> assertThat(e.newerFormat()).isFalse())
        .hasMessageContaining(message);
  }
}
