package io.tyer.testkit.history;

import io.tyer.drawing.Markup;
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
      .alone{fill:none}
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
    svg.begin(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "viewBox",
        "0 0 " + Markup.number(FULL) + " " + Markup.number(height),
        "width",
        "100%",
        "aria-label",
        "Timeline: " + summary);
    svg.leaf("title", "Timeline: " + summary).begin("style").raw(STYLE).end();
    axis(top, bottom);
    bands(bands, top, bottom);
    double y = top;
    for (Row row : rows) {
      row(row, faults, y);
      y += HEIGHT;
    }
    for (Violation violation : alone) {
      double x = scale.x(violation.from());
      double width = Math.max(2, scale.x(violation.to()) - x);
      box("alone violated", x, top, width, bottom - top, violation.kind().summary());
    }
    legend(bottom + 34);
    y = bottom + 50;
    for (String remark : remarks) {
      text("axis", 4, y, remark);
      y += 14;
    }
    return svg.end().toString();
  }

  private void text(String style, double x, double y, String content) {
    svg.leaf("text", content, "class", style, "x", x, "y", y);
  }

  /** A rectangle that says what it is when pointed at. */
  private void box(String style, double x, double y, double width, double height, String title) {
    svg.titled("rect", title, "class", style, "x", x, "y", y, "width", width, "height", height);
  }

  private void axis(double top, double bottom) {
    for (long tick : scale.ticks()) {
      double x = scale.x(tick);
      String line = "M" + Markup.number(x) + " " + Markup.number(top);
      svg.empty("path", "class", "grid", "d", line + "V" + Markup.number(bottom));
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
      box("fault", x, top, width, bottom - top, title);
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
        String cross = cross(scale.x(fault.from()) - 5, y + 5);
        String title = fault.what() + " at " + words.at(fault.from());
        svg.titled("path", title, "class", "kill", "d", cross);
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
      box("pause", x, y, Math.max(1, scale.x(bar.to()) - x), 4, title(bar));
    }
  }

  private void waits(List<Bar> bars, double y) {
    for (boolean violated : new boolean[] {false, true}) {
      StringBuilder path = new StringBuilder();
      for (Bar bar : bars) {
        if (bar.kind() == Bar.Kind.WAITING && bar.violated() == violated) {
          path.append('M').append(Markup.number(scale.x(bar.from()))).append(' ');
          path.append(Markup.number(y)).append('H').append(Markup.number(scale.x(bar.to())));
        }
      }
      if (!path.isEmpty()) {
        svg.empty("path", "class", violated ? "wait violated" : "wait", "d", path);
      }
    }
  }

  private void bar(Bar bar, double y) {
    double x = scale.x(bar.from());
    String style =
        bar.kind().style + (bar.count() > 1 ? " many" : "") + (bar.violated() ? " violated" : "");
    box(style, x, y, Math.max(1, scale.x(bar.to()) - x), BAR, title(bar));
  }

  private void legend(double y) {
    double x = 4;
    String[][] entries = {
      {"exclusive", "held alone"},
      {"shared", "held shared"},
      {"unproved", "not given back, but not proved valid"},
      {"pause", "process paused"},
      {"fault", "fault in force"},
      {"alone violated", "part of a violation"}
    };
    for (String[] entry : entries) {
      svg.empty("rect", "class", entry[0], "x", x, "y", y - 9, "width", 14, "height", 10);
      text("axis", x + 18, y, entry[1]);
      x += 18 + entry[1].length() * LETTER + 20;
    }
    svg.empty(
        "path", "class", "wait", "d", "M" + Markup.number(x) + " " + Markup.number(y - 4) + "h14");
    text("axis", x + 18, y, "waiting");
    x += 80;
    svg.empty("path", "class", "kill", "d", cross(x, y - 9));
    text("axis", x + 18, y, "process killed");
  }

  private static String cross(double x, double y) {
    return "M" + Markup.number(x) + " " + Markup.number(y) + "l10 10m0-10l-10 10";
  }
}
