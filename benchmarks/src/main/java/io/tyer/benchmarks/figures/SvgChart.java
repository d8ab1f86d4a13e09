package io.tyer.benchmarks.figures;

import java.util.List;
import java.util.Locale;

/**
 * Bars from zero with the range of the rounds: a panel with a scale of its own for each subject and
 * its floors, since stores differ by orders of magnitude.
 */
final class SvgChart {

  /**
   * A bar.
   *
   * @param subject whether it is the subject, not a floor
   */
  record Bar(String label, boolean subject, Results.Spread spread) {}

  private static final int LEFT = 250;
  private static final int WIDTH = 900;
  private static final int BARS = WIDTH - LEFT - 110;
  private static final int STEP = 26;
  private static final int THICK = 16;
  private static final int CAP = 8;
  private static final int HEAD = 44;
  private static final int GAP = 14;

  private final StringBuilder svg = new StringBuilder();

  private SvgChart() {}

  /** The chart of these panels. */
  static String of(String title, String axis, List<List<Bar>> panels) {
    SvgChart chart = new SvgChart();
    int bars = panels.stream().mapToInt(List::size).sum();
    int height = HEAD + bars * STEP + panels.size() * GAP;
    chart.begin(title, axis, height);
    int y = HEAD;
    for (List<Bar> panel : panels) {
      double most =
          panel.stream().map(Bar::spread).mapToDouble(Results.Spread::max).max().orElse(1);
      for (Bar bar : panel) {
        chart.bar(bar, y, most > 0 ? BARS / most : 0);
        y += STEP;
      }
      y += GAP;
    }
    return chart.svg.append("</svg>\n").toString();
  }

  private void begin(String title, String axis, int height) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, height, WIDTH, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    add(
        "<text x=\"%d\" y=\"24\" fill=\"#222222\"><tspan font-weight=\"bold\">%s</tspan>, %s</text>",
        GAP, escaped(title), escaped(axis));
  }

  private void bar(Bar bar, int y, double scale) {
    Results.Spread spread = bar.spread();
    int middle = y + THICK / 2;
    double end = LEFT + spread.median() * scale;
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>",
        LEFT - 8, y + 13, escaped(bar.label()));
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LEFT, y, Math.max(1, end - LEFT), THICK, bar.subject() ? "#2f6f9f" : "#b9c4cc");
    double min = LEFT + spread.min() * scale;
    double max = LEFT + spread.max() * scale;
    add(
        "<path d=\"M%.1f %dv%dM%.1f %dH%.1fM%.1f %dv%d\" stroke=\"#222222\" fill=\"none\"/>",
        min, middle - CAP / 2, CAP, min, middle, max, max, middle - CAP / 2, CAP);
    add(
        "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%s</text>",
        max + 6, y + 13, escaped(Figure.text(spread.median())));
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
