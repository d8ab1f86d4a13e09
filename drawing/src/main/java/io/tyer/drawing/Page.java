package io.tyer.drawing;

import java.util.List;

/** An HTML page that needs nothing else. */
public final class Page {

  /**
   * What pages have in common; colours are variables, other ones where the reader likes it dark.
   */
  private static final String STYLE =
      """
      :root{--ink:#222;--soft:#777;--line:#ddd;--paper:#fff;--bad:#c02020;--good:#1f5fa8}
      @media (prefers-color-scheme:dark){
      :root{--ink:#ddd;--soft:#999;--line:#444;--paper:#181a1c;--bad:#ff6b5e;--good:#7db4dc}}
      body{font:16px/1.45 sans-serif;color:var(--ink);background:var(--paper);max-width:78rem;
      margin:1rem auto;padding:0 1rem}
      h1,h2,h3{line-height:1.2}
      table{border-collapse:collapse}
      th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;
      border-bottom:1px solid var(--line)}
      """;

  private Page() {}

  /**
   * The page.
   *
   * @param title its title, and first heading
   * @param style its own style sheet, after the common one; it may use the variables {@code --ink},
   *     {@code --soft}, {@code --line}, {@code --paper}, {@code --bad} and {@code --good}
   * @param body what stands below the heading
   */
  public static String of(String title, String style, Markup body) {
    return "<!DOCTYPE html>\n"
        + new Markup()
            .begin("html", "lang", "en")
            .begin("head")
            .empty("meta", "charset", "utf-8")
            .empty("meta", "name", "viewport", "content", "width=device-width")
            .leaf("title", title)
            .begin("style")
            .raw(STYLE + style)
            .end()
            .end()
            .begin("body")
            .begin("main")
            .leaf("h1", title)
            .raw(body.toString())
            .end()
            .end()
            .end();
  }

  /** A row of a table, of cells of this kind ({@code th}, {@code td}). */
  public static void row(Markup page, String cell, List<String> texts) {
    page.begin("tr");
    texts.forEach(text -> page.leaf(cell, text));
    page.end();
  }
}
