package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;

/** Writes the SVG. */
final class Drawing {

  private static final double FULL = 1200;
  private static final double HEIGHT = 20;
  private static final double BAR = 14;
  private static final int LANES = 4;
  private static final double LANE = 14;
  private static final double LETTER = 6.2;

  static final String STYLE =
      """
      svg{font:11px sans-serif;background:#fff}
      .label{fill:#111}.axis{fill:#444}.grid{stroke:#ddd}
      .wait{stroke:#555;stroke-width:1.5;fill:none}
      .exclusive{fill:#1f4e79}
      .shared{fill:#8fc1e3;stroke:#1f4e79;stroke-width:.7}
      .unproved{fill:#fff;stroke:#666;stroke-width:.8;stroke-dasharray:3 2}
      .fault{fill:#f6c343;fill-opacity:.28}.told{fill:#5c4000}
      .pause{fill:#9a3fb5}
      .kill{stroke:#111;stroke-width:2.2;fill:none}
      .many{fill-opacity:.7}
      .violated{stroke:#c00000;stroke-width:2.5;stroke-dasharray:none}
      """;

  private final Scale scale;
  private final long grain;
  private final Words words;
  private final Markup svg = new Markup();

  Drawing(Scale scale, long grain, Words words) {
    this.scale = scale;
    this.grain = grain;
    this.words = words;
  }

  String draw(List<Row> rows, List<Fault> faults, List<Violation> alone, List<String> remarks) {
    List<Fault> bands = faults.stream().filter(it -> it.kind() == Fault.Kind.FAULT).toList();
    double top = 22 + Math.min(LANES, bands.size()) * LANE;
    double bottom = top + Math.max(1, rows.size()) * HEIGHT;
    double height = bottom + 24 + 18 + remarks.size() * 14;
    String summary =
        rows.size() + " rows, from " + words.at(scale.from()) + " to " + words.at(scale.to());
    svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ").number(FULL);
    svg.raw(" ").number(height).raw("\" width=\"100%\" aria-label=\"Timeline: ").text(summary);
    svg.raw("\">\n<title>Timeline: ").text(summary).raw("</title>\n<style>").raw(STYLE);
    svg.raw("</style>\n");
    axis(top, bottom);
    bands(bands, top, bottom);
    double y = top;
    for (Row row : rows) {
      row(row, faults, y);
      y += HEIGHT;
    }
    for (Violation violation : alone) {
      double x = scale.x(violation.from());
      svg.rect("violated", x, top, Math.max(2, scale.x(violation.to()) - x), bottom - top);
      svg.raw(" fill=\"none\"><title>").text(violation.kind().summary()).raw("</title></rect>\n");
    }
    legend(bottom + 34);
    y = bottom + 50;
    for (String remark : remarks) {
      text("axis", 4, y, remark);
      y += 14;
    }
    return svg.raw("</svg>\n").toString();
  }

  private void text(String style, double x, double y, String content) {
    svg.raw("<text class=\"").raw(style).raw("\" x=\"").number(x).raw("\" y=\"").number(y);
    svg.raw("\">").text(content).raw("</text>\n");
  }

  private void axis(double top, double bottom) {
    for (long tick : scale.ticks()) {
      double x = scale.x(tick);
      svg.raw("<path class=\"grid\" d=\"M").number(x).raw(" ").number(top).raw("V");
      svg.number(bottom).raw("\"/>\n");
      text("axis", x - 16, bottom + 14, scale.label(tick));
    }
  }

  private void bands(List<Fault> faults, double top, double bottom) {
    double[] free = new double[LANES];
    List<Bar> bars = new ArrayList<>();
    for (Fault fault : faults) {
      bars.add(new Bar(Bar.Kind.WAITING, fault.from(), fault.to(), fault.what(), false));
    }
    for (Bar bar : thinned(bars, 300)) {
      double x = scale.x(bar.from());
      double width = Math.max(1.5, scale.x(bar.to()) - x);
      String title = title(bar);
      svg.rect("fault", x, top, width, bottom - top).raw("><title>").text(title);
      svg.raw("</title></rect>\n");
      String label = Markup.shortened(title, 44);
      for (int lane = 0; lane < LANES; lane++) {
        if (free[lane] <= x) {
          text("told", Math.min(x, FULL - label.length() * LETTER), 14 + lane * LANE, label);
          free[lane] = x + label.length() * LETTER + 8;
          break;
        }
      }
    }
  }

  /** At most so many, drawn together where there are more. */
  private List<Bar> thinned(List<Bar> bars, int limit) {
    List<Bar> fewer = bars;
    for (long coarse = grain; fewer.size() > limit && coarse < scale.to() - scale.from(); ) {
      fewer = Bar.merged(bars, coarse);
      coarse *= 2;
    }
    return fewer;
  }

  private String title(Bar bar) {
    return bar.count() == 1
        ? bar.title()
        : bar.count()
            + " from "
            + words.at(bar.from())
            + " to "
            + words.at(bar.to())
            + "; the first: "
            + bar.title();
  }

  private void row(Row row, List<Fault> faults, double y) {
    text("label", 4, y + 13, Markup.shortened(row.label(), 34));
    List<Bar> bars = Bar.merged(row.bars(), grain);
    waits(bars, y + HEIGHT / 2);
    for (Bar bar : bars) {
      if (bar.kind() != Bar.Kind.WAITING) {
        bar(bar, y + (HEIGHT - BAR) / 2);
      }
    }
    pauses(row, faults, y + HEIGHT - 4);
    for (Fault fault : faults) {
      if (fault.kind() == Fault.Kind.KILL && row.processes().contains(fault.process())) {
        svg.raw("<path class=\"kill\" d=\"M").number(scale.x(fault.from()) - 5).raw(" ");
        svg.number(y + 5).raw("l10 10m0-10l-10 10\"><title>").text(fault.what());
        svg.raw(" at ").text(words.at(fault.from())).raw("</title></path>\n");
      }
    }
  }

  private void pauses(Row row, List<Fault> faults, double y) {
    List<Bar> pauses = new ArrayList<>();
    for (Fault fault : faults) {
      if (fault.kind() == Fault.Kind.PAUSE && row.processes().contains(fault.process())) {
        pauses.add(new Bar(Bar.Kind.WAITING, fault.from(), fault.to(), fault.what(), false));
      }
    }
    for (Bar bar : thinned(pauses, 20)) {
      double x = scale.x(bar.from());
      svg.rect("pause", x, y, Math.max(1, scale.x(bar.to()) - x), 4);
      svg.raw("><title>").text(title(bar)).raw("</title></rect>\n");
    }
  }

  private void waits(List<Bar> bars, double y) {
    for (boolean violated : new boolean[] {false, true}) {
      StringBuilder path = new StringBuilder();
      for (Bar bar : bars) {
        if (bar.kind() == Bar.Kind.WAITING && bar.violated() == violated) {
          Markup line = new Markup().raw("M").number(scale.x(bar.from())).raw(" ").number(y);
          path.append(line.raw("H").number(scale.x(bar.to())));
        }
      }
      if (!path.isEmpty()) {
        svg.raw("<path class=\"wait").raw(violated ? " violated" : "").raw("\" d=\"");
        svg.raw(path.toString()).raw("\"/>\n");
      }
    }
  }

  private void bar(Bar bar, double y) {
    double x = scale.x(bar.from());
    String style =
        bar.kind().style + (bar.count() > 1 ? " many" : "") + (bar.violated() ? " violated" : "");
    svg.rect(style, x, y, Math.max(1, scale.x(bar.to()) - x), BAR).raw("><title>");
    svg.text(title(bar)).raw("</title></rect>\n");
  }

  private void legend(double y) {
    double x = 4;
    String[][] entries = {
      {"exclusive", "held alone"},
      {"shared", "held shared"},
      {"unproved", "not given back, but not proved valid"},
      {"pause", "process paused"},
      {"fault", "fault in force"},
      {"violated", "part of a violation"}
    };
    for (String[] entry : entries) {
      svg.rect(entry[0], x, y - 9, 14, 10);
      svg.raw(entry[0].equals("violated") ? " fill=\"none\"/>" : "/>");
      text("axis", x + 18, y, entry[1]);
      x += 18 + entry[1].length() * LETTER + 20;
    }
    svg.raw("<path class=\"wait\" d=\"M").number(x).raw(" ").number(y - 4).raw("h14\"/>");
    text("axis", x + 18, y, "waiting");
    x += 80;
    svg.raw("<path class=\"kill\" d=\"M").number(x).raw(" ").number(y - 9);
    svg.raw("l10 10m0-10l-10 10\"/>");
    text("axis", x + 18, y, "process killed");
  }
}
