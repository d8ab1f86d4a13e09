package io.tyer.example.coupons;

import io.tyer.drawing.Markup;
import java.util.List;

/** What happened, as one HTML page that needs nothing else. */
final class Page {

  private static final String STYLE =
      """
      body { max-width: 62rem }
      .broken, .bad { color: var(--bad); font-weight: bold }
      .good { color: var(--good); font-weight: bold }
      dl { display: grid; grid-template-columns: 6rem 1fr; gap: .2rem .8rem }
      dt { color: var(--soft) }
      dd { margin: 0 }
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
      "Each round over time. Under the curve of what was sold: who has the lock, and a lane for"
          + " each buyer. There, a bar is a purchase, darker between its read and its write; a"
          + " stroke is a coupon sold; a dashed box a pause. Point at anything to see what it is.";

  private final Markup body = new Markup();

  private Page() {}

  /** The page of these rounds, which are one or more. */
  static String of(List<RoundResult> results) {
    Page page = new Page();
    page.body
        .leaf("p", results.get(0).settings() + ". Every buyer is a process that sells them.")
        .raw(SalesPicture.of(results))
        .leaf("p", LEGEND);
    results.forEach(page::round);
    return io.tyer.drawing.Page.of("A flash sale", STYLE, page.body);
  }

  private void round(RoundResult result) {
    Round round = result.round();
    body.leaf("h2", round.number() + ". " + round.title())
        .begin("dl")
        .leaf("dt", "expected")
        .leaf("dd", "It " + round.expected() + ".")
        .leaf("dt", "happened")
        .leaf("dd", result.happened(), "class", result.audit().oversold() > 0 ? "bad" : "good");
    result.broken().forEach(what -> body.leaf("dd", "Not as expected: " + what, "class", "broken"));
    body.leaf("dt", "why").leaf("dd", round.story()).end().raw(RoundPicture.of(result));
  }
}
