package io.tyer.cli;

import io.tyer.command.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard error: messages, and at most one status line below them. In UTF-8, whatever the locale.
 * Nothing here waits for whoever reads it, except {@link #drain}: a full pipe must not keep the
 * program from ending a command whose lease is lost.
 */
final class Screen {

  /** Without wrapping at the right margin, so that one {@code \r} erases the whole line. */
  private static final String BEGIN = "\r\u001b[?7l";

  private static final String END = "\u001b[K\u001b[?7h";
  private static final String ERASE = "\r\u001b[K";

  private final ReentrantLock lock = new ReentrantLock();
  private final BackgroundWriter writer;
  private String status = "";

  Screen() {
    this(new FileOutputStream(FileDescriptor.err));
  }

  Screen(OutputStream out) {
    this.writer = new BackgroundWriter(out);
  }

  void say(String message) {
    String text = "tyer: " + Printable.text(message, true) + "\n";
    lock.lock();
    try {
      writer.write(status.isEmpty() ? text : ERASE + text + BEGIN + status + END);
    } finally {
      lock.unlock();
    }
  }

  void warn(String message) {
    say("warning: " + message);
  }

  /** Shows this line below everything else, instead of the last one. */
  void status(String text) {
    lock.lock();
    try {
      status = Printable.text(text);
      writer.write(BEGIN + status + END);
    } finally {
      lock.unlock();
    }
  }

  void clearStatus() {
    lock.lock();
    try {
      if (!status.isEmpty()) {
        status = "";
        writer.write(ERASE);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all of it has been written, but not longer than that. */
  void drain(Duration limit) {
    writer.drain(limit);
  }
}
