package io.tyer.benchmarks.report;

import io.tyer.benchmarks.rows.Figure;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.run.Results;
import io.tyer.drawing.BarChart;
import io.tyer.drawing.BarChart.Bar;
import io.tyer.drawing.BarChart.Panel;
import io.tyer.drawing.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws what pages of figures say: a chart for each row of a page, and one of all pages. */
public final class Charts {

  /** The one of all pages. */
  static final String OVERVIEW = "overview.svg";

  /** A JVM that ran for less is not done compiling; ratios to it flatter. */
  static final double WARM_SECONDS = 20;

  private static final int TITLE = 110;
  private static final Pattern ASIDE = Pattern.compile(" \\([^)]*\\)");
  private static final Pattern PAIRS = Pattern.compile("pairs-([0-9]+)");

  private Charts() {}

  /** Draws all below this directory, or in it. */
  public static void draw(Path directory) throws IOException {
    for (Map.Entry<Path, String> file : below(directory).entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  /** The files that are drawn, and what is in them. */
  static Map<Path, String> below(Path directory) throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    List<FiguresPage> pages = new ArrayList<>();
    List<Path> directories;
    try (Stream<Path> all = Files.walk(directory)) {
      directories = all.filter(it -> Files.exists(it.resolve(FiguresPage.FILE))).sorted().toList();
    }
    for (Path one : directories) {
      FiguresPage page = FiguresPage.in(one);
      pages.add(page);
      page.tables().stream()
          .filter(table -> !table.lines().isEmpty())
          .forEach(table -> files.put(one.resolve(table.row().name() + ".svg"), chart(table)));
    }
    if (!Files.exists(directory.resolve(FiguresPage.FILE))) {
      files.put(directory.resolve(OVERVIEW), overview(pages));
    }
    return files;
  }

  private static String chart(FiguresPage.Table table) {
    Figure figure = table.row().figures().get(0);
    List<Bar> bars = table.lines().stream().map(Charts::bar).toList();
    String title = table.row().name() + ": " + ASIDE.matcher(table.row().title()).replaceAll("");
    return new BarChart(
            Markup.shortened(title, TITLE),
            figure.label() + ": " + figure.better().words(),
            OptionalDouble.empty(),
            List.of(new Panel("", bars)))
        .svg();
  }

  private static Bar bar(FiguresPage.Line line) {
    Player player = Player.of(line.label());
    Results.Spread first = line.first();
    return new Bar(
        player.name(),
        player.colour(),
        player.kind().drawn(),
        first.median(),
        first.min(),
        first.max());
  }

  /** A figure of Tyer's by another library's. */
  private record Comparison(String store, String run, Bar bar) {}

  /** Of each store; where two runs have compared the same, the one that was warmed up longer. */
  public static String overview(List<FiguresPage> pages) {
    Map<String, Map<String, Comparison>> stores = new TreeMap<>();
    pages.stream()
        .filter(page -> page.warmUpSeconds() >= WARM_SECONDS)
        .sorted(Comparator.comparingDouble(page -> -page.warmUpSeconds()))
        .flatMap(Charts::comparisons)
        .forEach(
            one ->
                stores
                    .computeIfAbsent(one.store(), unused -> new LinkedHashMap<>())
                    .putIfAbsent(one.bar().label(), one));
    List<Panel> panels = new ArrayList<>();
    stores.forEach((store, those) -> panels.add(panel(store, those.values())));
    return new BarChart(
            "Tyer beside other libraries' locks, in the same minutes on the same machine",
            "how many times theirs: right of 1 Tyer is ahead; medians; every JVM had run for "
                + Figure.text(WARM_SECONDS)
                + " s or more",
            OptionalDouble.of(1),
            panels)
        .svg();
  }

  private static Panel panel(String store, Collection<Comparison> those) {
    String runs = those.stream().map(Comparison::run).distinct().collect(Collectors.joining(", "));
    return new Panel(store + " (" + runs + ")", those.stream().map(Comparison::bar).toList());
  }

  /** For people who have not read what rows there are. */
  private static String named(Row row) {
    String name = PAIRS.matcher(row.name()).replaceFirst("$1 threads");
    return name.equals("1 threads") ? "1 thread" : name;
  }

  private static Stream<Comparison> comparisons(FiguresPage page) {
    List<Comparison> all = new ArrayList<>();
    for (FiguresPage.Table table : page.tables()) {
      boolean more = table.row().figures().get(0).better() == Figure.Better.MORE;
      String what = named(table.row());
      for (FiguresPage.Line line : table.lines()) {
        Player player = Player.of(line.label());
        line.beside()
            .forEach(
                (label, ratio) -> {
                  Player other = Player.of(label);
                  if (player.kind() == Player.Kind.TYER && other.kind() == Player.Kind.PEER) {
                    double ahead = more ? ratio : 1 / ratio;
                    Bar bar =
                        new Bar(
                            what + ": " + other.name(),
                            other.colour(),
                            BarChart.Drawn.BAR,
                            ahead,
                            ahead,
                            ahead);
                    all.add(new Comparison(player.name(), page.name(), bar));
                  }
                });
      }
    }
    return all.stream();
  }
}
