package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.Tyer;
import io.tyer.TyerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows for what the program waits: on a terminal in one line that is refreshed each second and
 * erased at the end; elsewhere only if asked, and only what changes.
 */
final class WaitingLine implements AutoCloseable {

  private static final long FIRST_MILLIS = 500;
  private static final long EACH_MILLIS = 1000;

  /** How to show it. */
  record Style(boolean verbose, boolean capable) {
    static Style of(boolean verbose, Map<String, String> environment) {
      return new Style(verbose, Terminal.isCapable(environment));
    }
  }

  private final Tyer tyer;
  private final String name;
  private final String owner;
  private final Style style;
  private final Screen screen;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock drawing = new ReentrantLock();

  WaitingLine(Tyer tyer, String name, String owner, Style style, Screen screen) {
    this.tyer = tyer;
    this.name = name;
    this.owner = owner;
    this.style = style;
    this.screen = screen;
  }

  void open() {
    if (style.verbose() || style.capable()) {
      Thread thread = new Thread(this::show, "tyer-waiting");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void show() {
    try {
      if (closed.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      boolean terminal = style.capable() && Terminal.isStandardError();
      if (terminal || style.verbose()) {
        refresh(terminal);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh(boolean terminal) throws InterruptedException {
    WaitText text = new WaitText(name, owner, Ages.ofThisProcess());
    String last = "";
    do {
      String now = text.line(look(), terminal);
      if (terminal) {
        draw(now);
      } else if (!now.equals(last)) {
        screen.say(now);
      }
      last = now;
    } while (!closed.await(EACH_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** The lock's line as it is now; empty if it cannot be seen. */
  private LockView look() {
    try {
      return tyer.lock(name).view();
    } catch (TyerException e) {
      return new LockView(name, List.of()); // the wait itself tells what is wrong
    }
  }

  private void draw(String text) {
    drawing.lock();
    try {
      if (closed.getCount() > 0) {
        screen.status(text);
      }
    } finally {
      drawing.unlock();
    }
  }

  @Override
  public void close() {
    drawing.lock();
    try {
      closed.countDown();
      screen.clearStatus();
    } finally {
      drawing.unlock();
    }
  }
}
