package io.tyer.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event's circumstances, and the effects it leads to so far. Used again for the next one. */
final class Step {

  final Rules rules;
  private final ArrayList<Effect> effects = new ArrayList<>(4);
  private SessionNow session = SessionNow.NONE;
  private long now;
  private boolean ticketOver;

  Step(Rules rules) {
    this.rules = rules;
  }

  void begin(SessionNow sessionNow, long nanos) {
    session = sessionNow;
    now = nanos;
    effects.clear();
  }

  long now() {
    return now;
  }

  /** The session to enter with; null if one must be opened first. */
  @Nullable OpenSession session() {
    return session.open();
  }

  boolean over(OpenSession of) {
    return session.open() != of;
  }

  boolean proved(OpenSession of) {
    return session.proved() && session.open() == of;
  }

  /** A ticket is certainly gone. */
  void ticketIsOver() {
    ticketOver = true;
  }

  /** Whether one was, since this was asked last. */
  boolean anyTicketOver() {
    boolean any = ticketOver;
    ticketOver = false;
    return any;
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  /** Valid until the next event. */
  List<Effect> effects() {
    return effects;
  }
}
