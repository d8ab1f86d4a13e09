package io.tyer.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void contentAndAttributesAreEscaped() {
    assertThat(new Markup().leaf("p", "a<b & \"c\"", "class", "'x'"))
        .hasToString("<p class=\"&#39;x&#39;\">a&lt;b &amp; &quot;c&quot;</p>\n");
    assertThat(Markup.escape("a\u0000b\u0085\n")).isEqualTo("a?b?\n");
  }

  @Test
  void numbersAreWrittenToATenth() {
    assertThat(new Markup().empty("rect", "x", 1, "y", 2.06, "width", 3.0))
        .hasToString("<rect x=\"1\" y=\"2.1\" width=\"3\"/>\n");
  }

  @Test
  void whatIsOpenedIsClosed() {
    Markup markup = new Markup().begin("p");
    assertThatThrownBy(markup::toString).isInstanceOf(IllegalStateException.class);
    assertThat(markup.text("x").end()).hasToString("<p>x</p>\n");
    assertThatThrownBy(markup::end).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void anAttributeHasAValue() {
    assertThatThrownBy(() -> new Markup().empty("rect", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("<rect>: x has no value");
  }

  @Test
  void aPageHasItsTitleAndWhatIsInIt() {
    Markup body = new Markup();
    Page.row(body, "td", List.of("1", "<2>"));
    assertThat(Page.of("A & b", "p{}", body))
        .startsWith("<!DOCTYPE html>\n")
        .contains("<title>A &amp; b</title>", "<h1>A &amp; b</h1>", "p{}", "<td>&lt;2&gt;</td>")
        .endsWith("</html>\n");
  }
}
