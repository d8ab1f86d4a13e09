package io.tyer.example.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Lines that stay, and lines that do not. */
class ScreenTest {

  @Test
  void aLineTakesThePlaceOfOneThatPasses() {
    StringWriter out = new StringWriter();
    Screen screen = new Screen(new PrintWriter(out), true);
    screen.line("a");
    screen.passing("half");
    screen.passing("most");
    screen.line("b");
    screen.line("c");
    assertThat(out).hasToString("a\n\r\033[Khalf\r\033[Kmost\r\033[Kb\nc\n");
  }
}
