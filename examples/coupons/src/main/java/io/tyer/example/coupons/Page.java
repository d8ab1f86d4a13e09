package io.tyer.example.coupons;

import java.util.List;

/** What happened, as one HTML page that needs nothing else. */
final class Page {

  private static final String STYLE =
      """
      :root { --ink: #222; --soft: #777; --line: #ddd; --paper: #fff; --bad: #c02020; --good: #2f6f9f }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #ddd; --soft: #999; --line: #444; --paper: #181a1c; --bad: #ff6b5e; --good: #7db4dc }
      }
      body { font: 15px/1.45 sans-serif; color: var(--ink); background: var(--paper);
             max-width: 1040px; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse }
      th, td { padding: .25em .8em; border-bottom: 1px solid var(--line); text-align: right }
      th:first-child, td:first-child { text-align: left }
      .NO, .broken { color: var(--bad); font-weight: bold }
      svg { width: 100%; height: auto; font: 12px sans-serif }
      svg text { fill: var(--ink) }
      svg .name { text-anchor: end }
      svg .tick { text-anchor: middle; fill: var(--soft) }
      svg .end { text-anchor: end }
      svg .note { fill: var(--soft) }
      svg text.bad, svg text.over { fill: var(--bad); font-weight: bold }
      svg .grid { stroke: var(--line) }
      svg .stock { stroke: var(--soft); stroke-dasharray: 4 4 }
      svg .sold { stroke: var(--good); stroke-width: 2; fill: none }
      svg path.over { stroke: var(--bad); stroke-width: 2; fill: none }
      svg .sale { fill: var(--ink) }
      svg rect.bad { fill: var(--bad) }
      svg .paused { fill: none; stroke: var(--soft); stroke-dasharray: 3 3 }
      svg .cross { stroke: var(--bad); stroke-width: 3 }
      """;

  private static final String LEGEND =
      "Under the curve of what was sold: who has the lock, and a lane for each buyer. There, a bar"
          + " is a purchase, darker between its read and its write; a stroke is a coupon sold; a"
          + " dashed box a pause. Point at anything to see what it is.";

  private final StringBuilder html = new StringBuilder();

  private Page() {}

  /** The page of these rounds, which are one or more. */
  static String of(List<RoundResult> results) {
    Page page = new Page();
    page.begin(results.get(0).settings());
    page.table(results);
    results.forEach(page::round);
    return page.html.append("</body>\n</html>\n").toString();
  }

  private void begin(Settings settings) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<title>A flash sale</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>A flash sale</h1>\n");
    element("p", "", settings + ". What was sold is counted in the database.");
  }

  private void table(List<RoundResult> results) {
    html.append("<table>\n<tr>");
    Scoreboard.COLUMNS.forEach(name -> element("th", "", name));
    html.append("</tr>\n");
    for (RoundResult result : results) {
      html.append("<tr>");
      Scoreboard.cells(result)
          .forEach(cell -> element("td", cell.equals(Scoreboard.NOT_PROMISED) ? "NO" : "", cell));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
    element("p", "", LEGEND);
  }

  private void round(RoundResult result) {
    element("h2", "", "Round " + result.round().number() + ": " + result.round().title());
    element("p", "", result.round().story());
    result.broken().forEach(what -> element("p", "broken", "Not as promised: " + what));
    html.append(RoundPicture.of(result));
  }

  private void element(String name, String style, String text) {
    html.append('<').append(name);
    if (!style.isEmpty()) {
      html.append(" class=\"").append(style).append('"');
    }
    html.append('>').append(Text.escaped(text)).append("</").append(name).append(">\n");
  }
}
