package io.tyer.example.coupons;

import io.tyer.example.frame.Screen;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens; on a terminal, how far the sale is, too. */
final class Narrator implements Audience {

  private static final int BAR = 40;
  private static final long REDRAW_NANOS = Duration.ofMillis(50).toNanos();

  private final Screen screen;
  private Progress progress = new Progress(0, 0, 0);
  private long startedNanos;
  private long lastSoldNanos;
  private long drawnNanos;
  private int stoppedBuyer;

  /** What the bar shows. */
  private record Progress(int stock, int sold, int holder) {}

  Narrator(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void begins(Round round, Settings settings) {
    screen.line("");
    screen.line("Round " + round.number() + ": " + round.title());
    progress = new Progress(settings.stock(), 0, 0);
    stoppedBuyer = 0;
  }

  @Override
  public void started(long nanos) {
    startedNanos = nanos;
    lastSoldNanos = nanos;
  }

  @Override
  public void happens(Event event) {
    switch (event.kind()) {
      case LOCKED -> show(new Progress(progress.stock, progress.sold, event.buyer()));
      case SOLD -> sold(event);
      case KILLED -> {
        stoppedBuyer = event.buyer();
        tell(event, "is killed between its read and its write");
      }
      case PAUSED -> {
        stoppedBuyer = event.buyer();
        tell(event, "is paused between its read and its write");
      }
      case RESUMED -> tell(event, "wakes up, and writes");
      case REFUSED -> tell(event, "is refused by the database: " + event.detail());
      case LOST -> tell(event, "has lost its lock: " + event.detail());
      case FAILED -> tell(event, "gives up: " + event.detail());
      default -> {}
    }
  }

  private void sold(Event event) {
    if (stoppedBuyer != 0 && event.buyer() != stoppedBuyer) {
      Duration nobody = Duration.ofNanos(event.nanos() - lastSoldNanos);
      tell(event, "sells; nobody had for " + Text.seconds(nobody));
      stoppedBuyer = 0;
    }
    lastSoldNanos = event.nanos();
    show(new Progress(progress.stock, progress.sold + 1, progress.holder));
  }

  @Override
  public void ends(RoundResult result) {
    int overLimit = result.audit().overLimit();
    screen.line(
        "  the database says: "
            + result.happened()
            + (overLimit > 0 ? "; " + overLimit + " beyond a user's limit" : ""));
    result.broken().forEach(what -> screen.line("  NOT AS EXPECTED: " + what));
  }

  private void tell(Event event, String what) {
    Duration at = Duration.ofNanos(event.nanos() - startedNanos);
    screen.line(
        String.format(Locale.ROOT, "  %8s  buyer %d %s", Text.seconds(at), event.buyer(), what));
  }

  private void show(Progress now) {
    progress = now;
    long nanos = System.nanoTime();
    if (!screen.isLive() || nanos - drawnNanos < REDRAW_NANOS) {
      return;
    }
    drawnNanos = nanos;
    int full = Math.min(BAR, now.sold * BAR / now.stock);
    int over = Math.max(0, now.sold - now.stock);
    screen.passing(
        "  ["
            + "#".repeat(full)
            + " ".repeat(BAR - full)
            + "] "
            + now.sold
            + " of "
            + now.stock
            + (over > 0 ? ", " + over + " TOO MANY" : "")
            + (now.holder > 0 ? ", buyer " + now.holder + " has the lock" : ""));
  }
}
