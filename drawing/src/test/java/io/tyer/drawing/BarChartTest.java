package io.tyer.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tyer.drawing.BarChart.Bar;
import io.tyer.drawing.BarChart.Drawn;
import io.tyer.drawing.BarChart.Panel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {

  private static Bar bar(Drawn drawn, double value) {
    return new Bar("x&y<z>", "#123456", drawn, value, value * 0.9, value * 1.1);
  }

  private static Document chart(OptionalDouble reference, Panel... panels) throws Exception {
    String svg = new BarChart("a<b", "\"c\" & d", reference, List.of(panels)).svg();
    assertThat(svg).doesNotContain("NaN", "Infinity");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  /** The widths of the bars, without the paper. */
  private static List<Double> widths(Document chart) {
    NodeList rects = chart.getElementsByTagName("rect");
    List<Double> widths = new ArrayList<>();
    for (int i = 1; i < rects.getLength(); i++) {
      widths.add(Double.valueOf(((Element) rects.item(i)).getAttribute("width")));
    }
    return widths;
  }

  @Test
  void allPanelsHaveOneScale() throws Exception {
    Document chart =
        chart(
            OptionalDouble.empty(),
            new Panel("", List.of(bar(Drawn.BAR, 10))),
            new Panel("second", List.of(bar(Drawn.BAR, 5))));
    assertThat(widths(chart).get(1)).isCloseTo(widths(chart).get(0) / 2, within(0.1));
  }

  @Test
  void whatIsOnlyForOrientationDoesNotFlattenTheRest() throws Exception {
    Document alone = chart(OptionalDouble.empty(), new Panel("", List.of(bar(Drawn.BAR, 10))));
    Document beside =
        chart(
            OptionalDouble.empty(),
            new Panel("", List.of(bar(Drawn.BAR, 10), bar(Drawn.STROKE, 1000))));
    assertThat(widths(beside)).isEqualTo(widths(alone));
    assertThat(beside.getDocumentElement().getTextContent()).contains("→ 1,000");
  }

  @Test
  void valuesFarFromEachOtherAreOnAnAxisThatSaysSo() throws Exception {
    Document near =
        chart(
            OptionalDouble.empty(), new Panel("", List.of(bar(Drawn.BAR, 1), bar(Drawn.BAR, 50))));
    Document far =
        chart(
            OptionalDouble.empty(), new Panel("", List.of(bar(Drawn.BAR, 1), bar(Drawn.BAR, 51))));
    assertThat(near.getDocumentElement().getTextContent()).doesNotContain("logarithmic");
    assertThat(widths(near)).hasSize(2);
    assertThat(far.getDocumentElement().getTextContent()).contains("logarithmic axis");
    assertThat(widths(far)).isEmpty();
    assertThat(far.getElementsByTagName("circle").getLength()).isEqualTo(2);
  }

  @Test
  void whatIsSaidIsEscaped() throws Exception {
    Document chart = chart(OptionalDouble.empty(), new Panel("p<q", List.of(bar(Drawn.BAR, 1))));
    assertThat(chart.getDocumentElement().getTextContent())
        .contains("a<b", "\"c\" & d", "x&y<z>", "p<q");
  }

  @Test
  void zerosAreDrawn() throws Exception {
    Document chart = chart(OptionalDouble.empty(), new Panel("", List.of(bar(Drawn.BAR, 0))));
    assertThat(widths(chart)).containsExactly(1.0);
  }

  @Test
  void aReferenceIsOnTheAxis() throws Exception {
    Axis axis = Axis.logarithmic(2, 30, 0, 100);
    assertThat(axis.ticks()).hasSize(3);
    Document chart = chart(OptionalDouble.of(0.5), new Panel("", List.of(bar(Drawn.BAR, 30))));
    assertThat(chart.getDocumentElement().getTextContent()).contains("0.1", "100");
  }

  @Test
  void ticksAreRoundAndReachTheMost() {
    for (double most : new double[] {0.003, 1, 7, 12, 99, 100, 8_765, 123_456_789}) {
      Axis axis = Axis.linear(most, 10, 100);
      assertThat(axis.to()).isGreaterThanOrEqualTo(most);
      assertThat(axis.ticks()).hasSizeBetween(3, 10).startsWith(0.0);
      assertThat(axis.x(axis.ticks().get(axis.ticks().size() - 1))).isEqualTo(110);
    }
  }

  @Test
  void valuesAreReadable() {
    assertThat(BarChart.label(12_345_678)).isEqualTo("12.3 M");
    assertThat(BarChart.label(1_000_000)).isEqualTo("1 M");
    assertThat(BarChart.label(15_407.4)).isEqualTo("15,407");
    assertThat(BarChart.label(0.9761)).isEqualTo("0.976");
    assertThat(BarChart.label(0.1)).isEqualTo("0.1");
  }
}
