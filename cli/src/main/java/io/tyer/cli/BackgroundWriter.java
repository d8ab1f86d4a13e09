package io.tyer.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes on a thread of its own, which is started for the first text. */
final class BackgroundWriter {

  /** What nobody reads is not kept for ever. */
  private static final int MOST = 1000;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<String> texts = new ArrayDeque<>();
  private boolean started;
  private boolean writing;

  BackgroundWriter(OutputStream out) {
    this.out = out;
  }

  void write(String text) {
    lock.lock();
    try {
      if (texts.size() < MOST) {
        texts.add(text);
      }
      if (!started) {
        started = true;
        Thread thread = new Thread(this::run, "tyer-stderr");
        thread.setDaemon(true);
        thread.start();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      String text = next();
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        return; // nobody listens any more
      }
    }
  }

  private String next() {
    lock.lock();
    try {
      writing = false;
      changed.signalAll();
      while (texts.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      writing = true;
      return texts.remove();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything has been written, but not longer than that. */
  void drain(Duration limit) {
    long left = limit.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      while ((writing || !texts.isEmpty()) && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
          left -= TimeUnit.MILLISECONDS.toNanos(1);
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
