package io.tyer.example.coupons;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A round over time: how many were sold, who had the lock, and a lane for each buyer. */
final class RoundPicture {

  private static final double WIDTH = 1000;
  private static final double LEFT = 90;
  private static final double RIGHT = 20;
  private static final double CURVE = 90;
  private static final double LANE = 30;
  private static final double BAR = 14;
  private static final double HEAD = 18;
  private static final double FOOT = 26;

  private final RoundResult result;
  private final Timeline timeline;
  private final Svg svg = new Svg();
  private final double scale;
  private final double lockY = HEAD + CURVE + 12;
  private final double lanesY;
  private final double height;

  private RoundPicture(RoundResult result) {
    this.result = result;
    this.timeline = new Timeline(result);
    long span = Math.max(1, timeline.end() - result.startedNanos());
    this.scale = (WIDTH - LEFT - RIGHT) / span;
    boolean locked = result.round().guard() != Guard.NOTHING;
    this.lanesY = lockY + (locked ? LANE : 0);
    this.height = lanesY + result.settings().buyers() * LANE + FOOT;
  }

  /** The picture, as an SVG element. */
  static String of(RoundResult result) {
    return new RoundPicture(result).draw();
  }

  /** The colour of a buyer in all pictures. */
  static String colour(int buyer) {
    return "hsl(" + (205 + (buyer - 1) * 137) % 360 + " 55% 50%)";
  }

  private String draw() {
    svg.add(
        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s over time\">",
        WIDTH, height, Text.escaped(result.round().title()));
    axis();
    curve();
    if (result.round().guard() != Guard.NOTHING) {
      svg.label(LEFT - 8, lockY + BAR - 2, "name", "the lock");
      bars(timeline.held(), lockY, 1, "has the lock");
    }
    for (int buyer = 1; buyer <= result.settings().buyers(); buyer++) {
      svg.label(LEFT - 8, laneOf(buyer) + BAR - 2, "name", "buyer " + buyer);
    }
    lanes();
    svg.add("</svg>");
    return svg.toString();
  }

  private void axis() {
    double seconds = (WIDTH - LEFT - RIGHT) / scale / 1e9;
    double step = seconds > 4 ? 1 : seconds > 1.5 ? 0.5 : 0.2;
    for (int i = 0; i * step <= seconds; i++) {
      double at = LEFT + i * step * 1e9 * scale;
      svg.add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>",
          at, at, HEAD, height - FOOT);
      String time = Text.seconds(Duration.ofMillis(Math.round(i * step * 1000)));
      svg.label(at, height - 8, "tick", time);
    }
  }

  /** Steps of one; what is above the stock is drawn as what it is. */
  private void curve() {
    int stock = result.audit().stock();
    int most = Math.max(stock, result.count(EventKind.SOLD));
    double unit = CURVE / most;
    double floor = HEAD + CURVE;
    StringBuilder within = new StringBuilder();
    StringBuilder beyond = new StringBuilder();
    int sold = 0;
    for (Event event : result.events()) {
      if (event.kind() == EventKind.SOLD) {
        sold++;
        String step =
            String.format(Locale.ROOT, "V%.1fH%.1f", floor - sold * unit, x(event.nanos()));
        (sold <= stock ? within : beyond).append(step);
      }
    }
    double stockY = floor - stock * unit;
    svg.add("<path d=\"M%.1f %.1f%s\" class=\"sold\"/>", LEFT, floor, within);
    if (beyond.length() > 0) {
      Event last = sale(stock);
      svg.add("<path d=\"M%.1f %.1f%s\" class=\"over\"/>", x(last.nanos()), stockY, beyond);
      svg.label(WIDTH - RIGHT, HEAD - 5, "over end", result.audit().oversold() + " oversold");
    }
    svg.add(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" class=\"stock\"/>",
        LEFT, WIDTH - RIGHT, stockY, stockY);
    svg.label(LEFT - 8, stockY + 4, "name", "stock " + stock);
    svg.label(LEFT - 8, floor, "name", "sold");
  }

  /** The sale of this number, from 1. */
  private Event sale(int number) {
    return result.events().stream()
        .filter(event -> event.kind() == EventKind.SOLD)
        .skip(number - 1L)
        .findFirst()
        .orElseThrow();
  }

  private void lanes() {
    bars(timeline.believed(), -1, 0.35, "believes it has the lock");
    bars(timeline.deciding(), -1, 0.55, "between its read and its write");
    for (Span span : timeline.paused()) {
      double y = laneOf(span.buyer());
      svg.box(x(span.from()), y, width(span), BAR, "class=\"paused\"", "buyer is paused");
    }
    boolean stale = false;
    for (Event event : result.events()) {
      double x = x(event.nanos());
      double y = laneOf(event.buyer());
      switch (event.kind()) {
        case SOLD -> {
          svg.box(x - 1, y - 3, 2, BAR + 6, stale ? "class=\"bad\"" : "class=\"sale\"", at(event));
          if (stale) {
            warn(x, y, "sells what was sold");
            stale = false;
          }
        }
        case KILLED -> mark(x, y, "killed", event);
        case PAUSED -> svg.label(x, y - 3, "note", "paused");
        case RESUMED -> {
          svg.label(x, y - 3, "note end", "wakes up");
          stale = result.round().guard() == Guard.LOCK;
        }
        case REFUSED -> mark(x, y, "refused by the fence", event);
        case LOST -> mark(x, y, "lock lost", event);
        default -> {}
      }
    }
  }

  private void mark(double x, double y, String what, Event event) {
    svg.add(
        "<path d=\"M%.1f %.1fl12 12m0 -12l-12 12\" class=\"cross\"><title>%s</title></path>",
        x - 6, y + 1, Text.escaped(at(event) + " " + event.detail()));
    warn(x, y, what);
  }

  /** On the side where there is room. */
  private void warn(double x, double y, String what) {
    boolean late = x > WIDTH - 200;
    svg.label(late ? x - 10 : x + 10, y + BAR + 9, late ? "bad end" : "bad", what);
  }

  private void bars(List<Span> spans, double y, double opacity, String what) {
    for (Span span : spans) {
      svg.box(
          x(span.from()),
          y < 0 ? laneOf(span.buyer()) : y,
          width(span),
          BAR,
          "fill=\"" + colour(span.buyer()) + "\" fill-opacity=\"" + opacity + "\"",
          "buyer " + span.buyer() + " " + what);
    }
  }

  private String at(Event event) {
    String kind = event.kind().name().toLowerCase(Locale.ROOT);
    return "buyer " + event.buyer() + ": " + kind + " at " + Text.seconds(result.sinceStart(event));
  }

  private double laneOf(int buyer) {
    return lanesY + (buyer - 1) * LANE + 8;
  }

  private double x(long nanos) {
    return LEFT + Math.max(0, nanos - result.startedNanos()) * scale;
  }

  private double width(Span span) {
    return x(span.to()) - x(span.from());
  }
}
