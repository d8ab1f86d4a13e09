package io.tyer.drawing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Values beside each other, all on one axis, which is drawn: bars from zero, or, where the largest
 * is more than {@value #BARS_WITHIN} times the least, points on a logarithmic axis, which says so.
 *
 * @param title what is compared, in bold
 * @param says what the axis shows, and which way is better
 * @param reference a value at which a line is drawn
 * @param panels groups of values
 */
public record BarChart(String title, String says, OptionalDouble reference, List<Panel> panels) {

  /**
   * Values that belong together.
   *
   * @param title what they are of; empty for none
   */
  public record Panel(String title, List<Bar> bars) {

    /** Copies the list. */
    public Panel {
      bars = List.copyOf(bars);
    }
  }

  /**
   * A value.
   *
   * @param label whose it is
   * @param colour of it
   * @param drawn how
   * @param value it
   * @param least the least of what it is the middle of
   * @param most the largest
   */
  public record Bar(
      String label, String colour, Drawn drawn, double value, double least, double most) {}

  /** How a value is drawn. */
  public enum Drawn {
    /** As one of those that are compared; the axis reaches as far as these do. */
    BAR,
    /** As a stroke for orientation; written only, where the axis does not reach so far. */
    STROKE
  }

  /** Bars whose lengths differ by more than that cannot be seen beside each other. */
  static final int BARS_WITHIN = 50;

  private static final double LEFT = 260;
  private static final double WIDTH = 900;
  private static final double LENGTH = WIDTH - LEFT - 110;
  private static final double STEP = 26;
  private static final double THICK = 16;
  private static final double HEAD = 58;
  private static final double HEADING = 24;
  private static final double FOOT = 30;
  private static final String INK = "#222222";
  private static final String SOFT = "#666666";

  /** Copies the list. */
  public BarChart {
    panels = List.copyOf(panels);
  }

  /** The chart. */
  public String svg() {
    Axis axis = axis();
    double height = HEAD + FOOT + panels.stream().mapToDouble(BarChart::height).sum();
    Markup svg =
        new Markup()
            .begin(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "role",
                "img",
                "width",
                WIDTH,
                "height",
                height,
                "viewBox",
                "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height),
                "font-family",
                "sans-serif",
                "font-size",
                13)
            .leaf("title", title)
            .empty("rect", "width", WIDTH, "height", height, "fill", "#ffffff")
            .leaf("text", title, "x", 14, "y", 22, "font-weight", "bold", "fill", INK);
    boolean logarithmic = axis.kind() == Axis.Kind.LOGARITHMIC;
    svg.leaf(
        "text", says + (logarithmic ? "; logarithmic axis" : ""), "x", 14, "y", 42, "fill", SOFT);
    axis(svg, axis, height - FOOT);
    double y = HEAD;
    for (Panel panel : panels) {
      panel(svg, axis, panel, y);
      y += height(panel);
    }
    return svg.end().toString();
  }

  private static double height(Panel panel) {
    return (panel.title().isEmpty() ? 4 : HEADING) + panel.bars().size() * STEP + 6;
  }

  /** Over what is compared; over all where nothing is. */
  private Axis axis() {
    List<Bar> compared = all().filter(bar -> bar.drawn() == Drawn.BAR).toList();
    List<Bar> bars = compared.isEmpty() ? all().toList() : compared;
    double most = bars.stream().mapToDouble(Bar::most).max().orElse(1);
    DoubleSummaryStatistics values =
        bars.stream().mapToDouble(Bar::value).filter(it -> it > 0).summaryStatistics();
    if (values.getMax() <= BARS_WITHIN * values.getMin() && reference.isEmpty()) {
      return Axis.linear(most, LEFT, LENGTH);
    }
    double least = bars.stream().mapToDouble(Bar::least).filter(it -> it > 0).min().orElse(1);
    return Axis.logarithmic(
        Math.min(least, reference.orElse(least)),
        Math.max(most, reference.orElse(most)),
        LEFT,
        LENGTH);
  }

  private Stream<Bar> all() {
    return panels.stream().flatMap(panel -> panel.bars().stream());
  }

  private void axis(Markup svg, Axis axis, double bottom) {
    for (double tick : axis.ticks()) {
      upright(svg, axis.x(tick), bottom, "#dddddd");
      svg.leaf(
          "text",
          label(tick),
          "x",
          axis.x(tick),
          "y",
          bottom + 16,
          "text-anchor",
          "middle",
          "fill",
          SOFT);
    }
    reference.ifPresent(value -> upright(svg, axis.x(value), bottom, INK));
  }

  private static void upright(Markup svg, double x, double bottom, String colour) {
    svg.empty("line", "x1", x, "x2", x, "y1", HEAD - 4, "y2", bottom, "stroke", colour);
  }

  private static void panel(Markup svg, Axis axis, Panel panel, double top) {
    double y = top + 4;
    if (!panel.title().isEmpty()) {
      svg.leaf("text", panel.title(), "x", 14, "y", top + 17, "font-weight", "bold", "fill", INK);
      y = top + HEADING;
    }
    for (Bar bar : panel.bars()) {
      bar(svg, axis, bar, y);
      y += STEP;
    }
  }

  private static void bar(Markup svg, Axis axis, Bar bar, double y) {
    double base = y + 13;
    svg.leaf("text", bar.label(), "x", LEFT - 8, "y", base, "text-anchor", "end", "fill", INK);
    if (bar.drawn() == Drawn.STROKE && bar.value() > axis.to()) {
      written(svg, axis.x(axis.to()), base, "→ " + label(bar.value()));
      return;
    }
    double x = axis.x(bar.value());
    double middle = y + THICK / 2;
    if (bar.drawn() == Drawn.STROKE) {
      svg.empty(
          "line",
          "x1",
          x,
          "x2",
          x,
          "y1",
          y - 2,
          "y2",
          y + THICK + 2,
          "stroke",
          bar.colour(),
          "stroke-width",
          3,
          "stroke-dasharray",
          "4 2");
    } else if (axis.kind() == Axis.Kind.LOGARITHMIC) {
      svg.empty("circle", "cx", x, "cy", middle, "r", 6, "fill", bar.colour());
    } else {
      svg.empty(
          "rect",
          "x",
          LEFT,
          "y",
          y,
          "width",
          Math.max(1, x - LEFT),
          "height",
          THICK,
          "fill",
          bar.colour());
    }
    double from = axis.x(bar.least());
    double to = axis.x(bar.most());
    if (bar.most() > bar.least()) {
      svg.empty(
          "path",
          "d",
          "M"
              + Markup.number(from)
              + " "
              + Markup.number(middle - 4)
              + "v8M"
              + Markup.number(from)
              + " "
              + Markup.number(middle)
              + "H"
              + Markup.number(to)
              + "M"
              + Markup.number(to)
              + " "
              + Markup.number(middle - 4)
              + "v8",
          "stroke",
          INK,
          "fill",
          "none");
    }
    written(svg, Math.max(to, x + 4), base, label(bar.value()));
  }

  private static void written(Markup svg, double x, double y, String text) {
    svg.leaf("text", text, "x", x + 6, "y", y, "fill", INK);
  }

  /** A value as people read it: three digits that count, millions as such. */
  static String label(double value) {
    if (Math.abs(value) >= 1e6) {
      return label(value / 1e6) + " M";
    }
    if (Math.abs(value) >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
