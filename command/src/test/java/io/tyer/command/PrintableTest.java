package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void terminalsAreNotCommanded() {
    assertThat(Printable.text("plain é €")).isEqualTo("plain é €");
    assertThat(Printable.text("a\u001b[2J\n\u202eb")).isEqualTo("a\\u001b[2J\\u000a\\u202eb");
    assertThat(Printable.text("a\nb", true)).isEqualTo("a\nb");
    assertThat(Printable.columns("e\u0301\uD83D\uDE00x")).isEqualTo(3);
  }
}
