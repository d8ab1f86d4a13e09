package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {

  private static Syntax syntax() {
    return new Syntax("tyer try", "[OPTION...] ID", "Tries something.")
        .argument("ID", "Which")
        .flag("dry", "Only shows it")
        .value("count", "N", "How often")
        .value("time", "DURATION", "For how long")
        .value("label", "TEXT", "For people")
        .values("grant", "RIGHT", "What is allowed")
        .withHelp();
  }

  @Test
  void readsWhatIsGiven() {
    Parsed parsed =
        syntax().parse("--grant", "a,b", "one", "--count=3", "--grant=c", "--dry", "--time", "5s");
    assertThat(parsed.texts("grant")).containsExactly("a,b", "c");
    assertThat(parsed.argument("ID")).isEqualTo("one");
    assertThat(parsed.number("count", 1)).isEqualTo(3);
    assertThat(parsed.has("dry")).isTrue();
    assertThat(parsed.duration("time")).isEqualTo(Duration.ofSeconds(5));
    assertThat(parsed.text("label", "none")).isEqualTo("none");
    assertThat(parsed.path("label")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --count 1 --count 2 | --count is given twice
          --count many        | --count is a whole number, not 'many'
          --count             | --count needs a value: N
          --dry=1             | --dry takes no value
          --conut 1           | there is no option --conut (is it --count?)
          --time soon         | --time: not a duration: 'soon'
          a b                 | is too much; 'tyer try --help' shows
          --dry               | ID is needed
          --grant x a         | --label is needed: TEXT
          """)
  void saysWhatIsWrong(String arguments, String message) {
    assertThatThrownBy(
            () -> {
              Parsed parsed = syntax().parse(arguments.split(" "));
              int unused = parsed.number("count", 1);
              parsed.duration("time");
              parsed.argument("ID");
              parsed.required("label");
            })
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.exit()).isEqualTo(Exit.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void everyOptionIsDescribed() {
    assertThatThrownBy(() -> syntax().flag("more", " "))
        .hasMessageContaining("an option of tyer try is not described");
  }
}
