package io.tyer.example.coupons;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells on a terminal what happens; where lines can be written over, how far the sale is, too. */
final class Screen implements Audience {

  private static final int BAR = 40;
  private static final long REDRAW_NANOS = Duration.ofMillis(50).toNanos();
  private static final String BACK_TO_START_AND_ERASE = "\r\033[K";

  private final PrintWriter out;
  private final boolean live;
  private Progress progress = new Progress(0, 0, 0);
  private long startedNanos;
  private long lastSoldNanos;
  private long drawnNanos;
  private boolean drawn;
  private int stoppedBuyer;

  /** What the bar shows. */
  private record Progress(int stock, int sold, int holder) {}

  /**
   * On this writer.
   *
   * @param live whether it is a terminal that understands escape sequences
   */
  Screen(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  @Override
  public void begins(Round round, Settings settings) {
    line("");
    line("Round " + round.number() + ": " + round.title());
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
      case REFUSED -> tell(event, "is refused by the fence: " + event.detail());
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
    Audit audit = result.audit();
    String verdict =
        audit.oversold() > 0
            ? audit.oversold() + " more than there were"
            : "none more than there were";
    line(
        "  the database says: "
            + audit.sold()
            + " sold of "
            + audit.stock()
            + ", "
            + verdict
            + (audit.overLimit() > 0 ? "; " + audit.overLimit() + " beyond a user's limit" : ""));
    result.broken().forEach(what -> line("  NOT AS PROMISED: " + what));
  }

  private void tell(Event event, String what) {
    Duration at = Duration.ofNanos(event.nanos() - startedNanos);
    line(String.format(Locale.ROOT, "  %8s  buyer %d %s", Text.seconds(at), event.buyer(), what));
  }

  private void show(Progress now) {
    progress = now;
    long nanos = System.nanoTime();
    if (!live || nanos - drawnNanos < REDRAW_NANOS) {
      return;
    }
    drawnNanos = nanos;
    int full = Math.min(BAR, now.sold * BAR / now.stock);
    int over = Math.max(0, now.sold - now.stock);
    out.print(
        BACK_TO_START_AND_ERASE
            + "  ["
            + "#".repeat(full)
            + " ".repeat(BAR - full)
            + "] "
            + now.sold
            + " of "
            + now.stock
            + (over > 0 ? ", " + over + " OVERSOLD" : "")
            + (now.holder > 0 ? ", buyer " + now.holder + " has the lock" : ""));
    out.flush();
    drawn = true;
  }

  /** A line that stays. */
  void line(String text) {
    if (drawn) {
      out.print(BACK_TO_START_AND_ERASE);
      drawn = false;
    }
    out.println(text);
    out.flush();
  }
}
