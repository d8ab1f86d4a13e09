package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.Tyer;
import io.tyer.TyerException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the locks again and again, until it is interrupted or nobody reads any more. On a
 * terminal the table is drawn anew in place; elsewhere one is written for each change.
 */
final class LocksWatch {

  private final Supplier<Tyer> opening;
  private final LocksOptions options;
  private final Duration interval;
  private final Screen screen;
  private final PrintStream out = Help.standardOutput();
  private @Nullable List<LockView> last;
  private String trouble = "";
  private @Nullable Tyer tyer;

  /**
   * Looks at nothing yet.
   *
   * @param opening opens a client; tried again while the store cannot be reached
   */
  LocksWatch(Supplier<Tyer> opening, LocksOptions options, Duration interval, Screen screen) {
    this.opening = opening;
    this.options = options;
    this.interval = interval;
    this.screen = screen;
  }

  /** Returns when what is written is not read any more. */
  void run(String store, boolean terminal, boolean inColour) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Ages ages = Ages.ofThisProcess();
    while (!out.checkError()) {
      boolean changed = look();
      if (terminal) {
        out.print(LocksFrame.of(table(ages, inColour), trouble, LocksFrame.rows()));
      } else if (changed) {
        writeChange(store, ages);
      }
      out.flush();
      boolean unused = never.await(interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether something is different now. */
  private boolean look() {
    try {
      if (tyer == null) {
        tyer = opening.get();
      }
      List<LockView> now = tyer.operator().locks(options.prefix());
      boolean changed = !now.equals(last) || !trouble.isEmpty();
      last = now;
      trouble = "";
      return changed;
    } catch (TyerException e) {
      String why = String.valueOf(e.getMessage());
      boolean changed = trouble.isEmpty();
      trouble = why;
      return changed;
    }
  }

  private String table(Ages ages, boolean inColour) {
    if (last == null) {
      return "";
    }
    return last.isEmpty() ? "no locks are held\n" : LocksTable.text(last, ages, inColour);
  }

  private void writeChange(String store, Ages ages) {
    if (!trouble.isEmpty()) {
      if (options.json()) {
        out.print(LocksJson.error(store, trouble));
      } else {
        screen.say(trouble);
      }
    } else if (options.json()) {
      out.print(LocksJson.line(store, last == null ? List.of() : last));
    } else {
      out.print(table(ages, false) + "\n");
    }
  }
}
