package io.tyer.example.coupons;

import io.tyer.drawing.Markup;
import java.time.Duration;
import java.util.ArrayList;
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
  private final Markup svg = new Markup();
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
    String says = result.round().title() + ", over time";
    svg.begin(
        "svg", "viewBox", "0 0 1000 " + Math.round(height), "role", "img", "aria-label", says);
    axis();
    curve();
    if (result.round().guard() != Guard.NOTHING) {
      label(LEFT - 8, lockY + BAR - 2, "name", "the lock");
      bars(timeline.held(), lockY, "1", "has the lock");
    }
    for (int buyer = 1; buyer <= result.settings().buyers(); buyer++) {
      label(LEFT - 8, laneOf(buyer) + BAR - 2, "name", "buyer " + buyer);
    }
    lanes();
    return svg.end().toString();
  }

  private void axis() {
    double seconds = (WIDTH - LEFT - RIGHT) / scale / 1e9;
    double step = seconds > 4 ? 1 : seconds > 1.5 ? 0.5 : 0.2;
    for (int i = 0; i * step <= seconds; i++) {
      double at = LEFT + i * step * 1e9 * scale;
      line(at, HEAD, at, height - FOOT, "grid");
      String time = Text.seconds(Duration.ofMillis(Math.round(i * step * 1000)));
      label(at, height - 8, "tick", time);
    }
  }

  /** Steps of one; what is above the stock is drawn as what it is. */
  private void curve() {
    int stock = result.audit().stock();
    int most = Math.max(stock, result.count(EventKind.SOLD));
    double unit = CURVE / most;
    double floor = HEAD + CURVE;
    StringBuilder within = new StringBuilder(at("M", LEFT, floor));
    StringBuilder beyond = new StringBuilder();
    int sold = 0;
    for (Event event : result.events()) {
      if (event.kind() == EventKind.SOLD) {
        sold++;
        if (sold == stock + 1) {
          beyond.append(at("M", x(sale(stock).nanos()), floor - stock * unit));
        }
        (sold <= stock ? within : beyond)
            .append("V" + Markup.number(floor - sold * unit))
            .append("H" + Markup.number(x(event.nanos())));
      }
    }
    double stockY = floor - stock * unit;
    svg.empty("path", "d", within, "class", "sold");
    if (beyond.length() > 0) {
      svg.empty("path", "d", beyond, "class", "over");
      label(WIDTH - RIGHT, HEAD - 5, "over end", result.audit().oversold() + " too many");
    }
    line(LEFT, stockY, WIDTH - RIGHT, stockY, "stock");
    label(LEFT - 8, stockY + 4, "name", "stock " + stock);
    label(LEFT - 8, floor, "name", "sold");
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
    bars(timeline.believed(), -1, "0.35", "believes it has the lock");
    bars(timeline.deciding(), -1, "0.55", "between its read and its write");
    for (Span span : timeline.paused()) {
      double y = laneOf(span.buyer());
      box(x(span.from()), y, width(span), BAR, "buyer is paused", "class", "paused");
    }
    boolean stale = false;
    for (Event event : result.events()) {
      double x = x(event.nanos());
      double y = laneOf(event.buyer());
      switch (event.kind()) {
        case SOLD -> {
          box(x - 1, y - 3, 2, BAR + 6, at(event), "class", stale ? "bad" : "sale");
          if (stale) {
            warn(x, y, "sells what was sold");
            stale = false;
          }
        }
        case KILLED -> mark(x, y, "killed", event);
        case PAUSED -> label(x, y - 3, "note", "paused");
        case RESUMED -> {
          label(x, y - 3, "note end", "wakes up");
          stale = result.round().guard() == Guard.LOCK;
        }
        case REFUSED -> mark(x, y, "refused by the database", event);
        case LOST -> mark(x, y, "lock lost", event);
        default -> {}
      }
    }
  }

  private void mark(double x, double y, String what, Event event) {
    String cross = at("M", x - 6, y + 1) + "l12 12m0 -12l-12 12";
    svg.titled("path", at(event) + " " + event.detail(), "d", cross, "class", "cross");
    warn(x, y, what);
  }

  /** On the side where there is room. */
  private void warn(double x, double y, String what) {
    boolean late = x > WIDTH - 200;
    label(late ? x - 10 : x + 10, y + BAR + 9, late ? "bad end" : "bad", what);
  }

  private void bars(List<Span> spans, double y, String opacity, String what) {
    for (Span span : spans) {
      box(
          x(span.from()),
          y < 0 ? laneOf(span.buyer()) : y,
          width(span),
          BAR,
          "buyer " + span.buyer() + " " + what,
          "fill",
          colour(span.buyer()),
          "fill-opacity",
          opacity);
    }
  }

  /** A rectangle that says what it is when pointed at. */
  private void box(double x, double y, double width, double height, String says, String... style) {
    List<Object> attributes =
        new ArrayList<>(List.of("x", x, "y", y, "width", Math.max(0.8, width), "height", height));
    attributes.addAll(List.of(style));
    svg.titled("rect", says, attributes.toArray());
  }

  private void line(double x1, double y1, double x2, double y2, String style) {
    svg.empty("line", "x1", x1, "x2", x2, "y1", y1, "y2", y2, "class", style);
  }

  private void label(double x, double y, String style, String says) {
    svg.leaf("text", says, "x", x, "y", y, "class", style);
  }

  private static String at(String command, double x, double y) {
    return command + Markup.number(x) + " " + Markup.number(y);
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
