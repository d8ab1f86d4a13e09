package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.Tyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A circle in words: each member, what it waits for and who holds it, since when, and where. */
final class CircleText {

  private static final int MOST_MEMBERS = 20;

  private CircleText() {}

  static String of(Circle circle, long now) {
    List<Circle.Edge> edges = circle.edges();
    List<String> members = new ArrayList<>();
    for (int i = 0; i < edges.size() && i < MOST_MEMBERS; i++) {
      Thread holder = edges.get((i + 1) % edges.size()).waiting().thread();
      members.add(member(edges.get(i).waiting(), holder, now));
    }
    if (edges.size() > MOST_MEMBERS) {
      members.add((edges.size() - MOST_MEMBERS) + " more");
    }
    return "deadlock: " + String.join("; ", members);
  }

  private static String member(FlowWait wait, Thread holder, long now) {
    return String.format(
        "thread \"%s\" has waited for the %s lock %s for %d ms%s, and thread \"%s\" holds it",
        wait.thread().getName(),
        wait.wanted().mode().kind().name().toLowerCase(Locale.ROOT),
        wait.wanted().name(),
        Math.max(0, now - wait.waiter().startNanos) / 1_000_000,
        where(wait.thread()),
        holder.getName());
  }

  /** The user's code that waits. */
  private static String where(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("jdk.") && !isOurs(type)) {
        return " at " + frame;
      }
    }
    return "";
  }

  /** Between the engine and its users there is no more. */
  private static boolean isOurs(String type) {
    return type.startsWith("io.tyer.engine.")
        || type.startsWith(Tyer.class.getName())
        || type.startsWith(Acquirable.class.getName());
  }
}
