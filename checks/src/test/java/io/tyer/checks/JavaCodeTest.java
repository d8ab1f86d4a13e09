package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x; // BAD",
        "x; // BAD\ny;",
        "x; /* BAD */ y;",
        "/** BAD\n * BAD\n */ x;",
        "/* // */ x; /* \" */ y; // BAD",
        "s = \"BAD\";",
        "s = \"\\\"BAD\";",
        "s = \"\\\\\" + \"BAD\";",
        "c = '\"'; s = \"BAD\"; c = '\"';",
        "c = '\\''; s = \"'BAD\";",
        "s = \"/*\" + \"BAD */\";",
        "s = \"\"\"\n  BAD \"BAD\" \\\"\"\" BAD\n  \"\"\"; x;",
        "x; /* BAD",
        "s = \"BAD",
        "s = \"BAD\\",
      })
  void blanksCommentsAndLiterals(String text) {
    assertThat(JavaCode.of(text)).doesNotContain("BAD").hasSameSizeAs(text);
    assertThat(JavaCode.of(text).lines().count()).isEqualTo(text.lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GOOD;",
        "// x\nGOOD;",
        "/* x */ GOOD; /* y */",
        "/**/ GOOD;",
        "s = \"\"; GOOD;",
        "s = \"\\\\\"; GOOD;",
        "c = '\"'; GOOD; c = '\"';",
        "c = '\\''; GOOD;",
        "s = \"//\"; GOOD;",
        "s = \"/*\"; GOOD;",
        "a = b / c; GOOD; d = e / f;",
        "s = \"\"\"\n  x\n  \"\"\"; GOOD;",
        "s = \"\"\"\n  \"x\" \\\"\"\" y\n  \"\"\"; GOOD;",
      })
  void keepsCode(String text) {
    assertThat(JavaCode.of(text)).contains("GOOD;").hasSameSizeAs(text);
  }

  @Test
  void keepsPlaces() {
    assertThat(JavaCode.of("a /* b */ c \"d\" e // f\ng")).isEqualTo("a         c \" \" e     \ng");
  }
}
