package io.tyer.example.frame;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Tells on a terminal what happens, and whether it is as promised. For one thread. */
public final class Screen {

  /** Set by the launcher: whether lines on standard output can be written over. */
  private static final String LIVE_PROPERTY = "tyer.demo.live";

  private static final String BACK_TO_START_AND_ERASE = "\r\033[K";

  private final PrintWriter out;
  private final boolean live;
  private boolean passing;
  private boolean right = true;

  /**
   * On this writer.
   *
   * @param live whether it is a terminal that understands escape sequences
   */
  Screen(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** On this writer, which is or stands for standard output. */
  public static Screen on(PrintWriter out) {
    return new Screen(out, Boolean.getBoolean(LIVE_PROPERTY));
  }

  static Screen onStandardOutput() {
    return on(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
  }

  /** A line that stays. */
  public void line(String text) {
    if (passing) {
      out.print(BACK_TO_START_AND_ERASE);
      passing = false;
    }
    out.println(text);
    out.flush();
  }

  /** Whether {@link #passing} shows anything. */
  public boolean isLive() {
    return live;
  }

  /** A line that the next one takes the place of; shown on terminals only. */
  public void passing(String text) {
    if (live) {
      out.print(BACK_TO_START_AND_ERASE + text);
      out.flush();
      passing = true;
    }
  }

  /** Says that something is as promised, or that it is not. */
  public void check(boolean holds, String what) {
    right &= holds;
    line((holds ? "   right: " : "   WRONG: ") + what);
  }

  /** Says that something is not as promised; nothing if it is. */
  public void require(boolean holds, String what) {
    if (!holds) {
      check(false, what);
    }
  }

  /** Whether all has been as promised. */
  public boolean isRight() {
    return right;
  }
}
