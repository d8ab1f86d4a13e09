package io.tyer.example.coupons;

import io.tyer.drawing.Axis;
import io.tyer.drawing.Markup;
import java.util.List;

/**
 * All rounds in one picture: what each has sold of what there was. It brings its own colours and
 * background, so that it can stand on any page.
 */
final class SalesPicture {

  private static final String STYLE =
      """
      .sales { --ink: #24292f; --soft: #57606a; --paper: #ffffff; --edge: #d0d7de;
               --good: #1f5fa8; --bad: #cf222e; font: 14px sans-serif }
      @media (prefers-color-scheme: dark) {
        .sales { --ink: #e6edf3; --soft: #9aa4af; --paper: #161b22; --edge: #30363d;
                 --good: #7db4dc; --bad: #ff7b72 }
      }
      .sales .paper { fill: var(--paper); stroke: var(--edge) }
      .sales text { fill: var(--ink) }
      .sales .head { font-size: 17px; font-weight: bold }
      .sales .what { font-weight: bold }
      .sales .soft { fill: var(--soft) }
      .sales .fair { fill: var(--good) }
      .sales .excess { fill: var(--bad) }
      .sales .there { stroke: var(--ink); stroke-dasharray: 4 3; fill: none }
      """;

  private static final double WIDTH = 900;
  private static final double HEAD = 86;
  private static final double ROW = 46;
  private static final double BAR = 22;
  private static final double FOOT = 34;
  private static final double LEFT = 24;
  private static final double BARS = 320;
  private static final double LONGEST = 300;

  private final List<RoundResult> results;
  private final Axis axis;
  private final double height;
  private final Markup svg = new Markup();

  private SalesPicture(List<RoundResult> results) {
    this.results = results;
    int most =
        results.stream()
            .mapToInt(r -> Math.max(r.audit().sold(), r.audit().stock()))
            .max()
            .orElse(1);
    axis = new Axis(Axis.Kind.LINEAR, 0, most, BARS, LONGEST);
    height = HEAD + results.size() * ROW + FOOT;
  }

  /** The picture, as an SVG document that can stand alone, or within a page. */
  static String of(List<RoundResult> results) {
    return new SalesPicture(results).draw();
  }

  private String draw() {
    Settings settings = results.get(0).settings();
    svg.begin(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "viewBox",
            "0 0 900 " + Math.round(height),
            "class",
            "sales",
            "role",
            "img",
            "aria-label",
            says())
        .begin("style")
        .raw(STYLE)
        .end()
        .empty(
            "rect",
            "x",
            1,
            "y",
            1,
            "width",
            WIDTH - 2,
            "height",
            height - 2,
            "rx",
            8,
            "class",
            "paper");
    String head =
        settings.stock() + " coupons, sold by " + settings.buyers() + " processes at once";
    label(LEFT, 34, "head", head);
    double there = axis.x(settings.stock());
    label(there - 4, HEAD - 18, "soft", "there are " + settings.stock());
    double y = HEAD;
    for (RoundResult result : results) {
      row(result, y);
      y += ROW;
    }
    String line = "M" + Markup.number(there) + " " + Markup.number(HEAD - 12) + "V" + (y - 8);
    svg.empty("path", "d", line, "class", "there");
    label(LEFT, y + 12, "soft", "One run of ./tyer demo coupons, counted in the database.");
    return svg.end().toString();
  }

  private void row(RoundResult result, double y) {
    Audit audit = result.audit();
    String[] title = result.round().title().split("; ", 2);
    label(LEFT, y + (title.length > 1 ? 10 : 16), "what", title[0]);
    if (title.length > 1) {
      label(LEFT, y + 28, "soft", title[1]);
    }
    bar(0, Math.min(audit.sold(), audit.stock()), y, "fair");
    bar(audit.stock(), audit.sold(), y, "excess");
    double end = axis.x(Math.max(audit.sold(), audit.stock())) + 10;
    String style = audit.oversold() > 0 ? "what excess" : "what fair";
    label(end, y + 16, style, result.happened());
  }

  private void bar(int from, int to, double y, String style) {
    if (to > from) {
      double x = axis.x(from);
      svg.empty("rect", "x", x, "y", y, "width", axis.x(to) - x, "height", BAR, "class", style);
    }
  }

  private void label(double x, double y, String style, String text) {
    svg.leaf("text", text, "x", x, "y", y, "class", style);
  }

  /** The same in words. */
  private String says() {
    StringBuilder says = new StringBuilder();
    for (RoundResult result : results) {
      says.append(result.round().title()).append(": ").append(result.happened()).append(". ");
    }
    return says.toString().strip();
  }
}
