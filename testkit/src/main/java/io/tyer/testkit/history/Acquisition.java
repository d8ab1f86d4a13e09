package io.tyer.testkit.history;

import io.tyer.testkit.history.Violation.LeaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One call to acquire, and what became of it. Instants are {@link #NEVER} where nothing came. */
final class Acquisition {

  static final long NEVER = Long.MAX_VALUE;

  private final Event call;
  private final List<Event> events;
  private final long granted;
  private final long token;

  /** These events carry the same process and operation; one of them is the call. */
  Acquisition(Event call, List<Event> events) {
    this.call = call;
    this.events = new ArrayList<>(events);
    this.events.sort(Comparator.comparingLong(Event::at).thenComparing(Acquisition::denies));
    this.granted = first(What.GRANTED);
    this.token =
        events.stream().mapToLong(Event::token).filter(drawn -> drawn != 0).findFirst().orElse(0);
  }

  /** Whether the lease was said not to be valid (any more). */
  static boolean denies(Event event) {
    return event.what() == What.INVALID || event.what() == What.LOST;
  }

  LeaseId id() {
    return new LeaseId(call.process(), call.operation());
  }

  int process() {
    return call.process();
  }

  String name() {
    return call.name();
  }

  boolean exclusive() {
    return call.weight() == 0;
  }

  int weight() {
    return call.weight();
  }

  int capacity() {
    return call.capacity();
  }

  /** By instant. */
  List<Event> events() {
    return events;
  }

  long called() {
    return call.at();
  }

  long granted() {
    return granted;
  }

  boolean isGranted() {
    return granted != NEVER;
  }

  /** 0 if unknown. */
  long token() {
    return token;
  }

  long released() {
    return first(What.RELEASE);
  }

  long downgraded() {
    return first(What.DOWNGRADE);
  }

  long lost() {
    return first(What.LOST);
  }

  /** When this first happened to it. */
  long first(What what) {
    for (Event event : events) {
      if (event.what() == what) {
        return event.at();
      }
    }
    return NEVER;
  }

  /** The last instant before which it is known to have been held: granted, or said to be valid. */
  long lastProof() {
    long proof = granted;
    for (Event event : events) {
      if (event.what() == What.VALID) {
        proof = Math.max(proof, event.at());
      }
    }
    return proof;
  }

  /** Whether it was lost for another cause than that it could not be proved any more. */
  boolean lostByForce() {
    for (Event event : events) {
      if (event.what() == What.LOST && !event.note().equals("UNPROVED")) {
        return true;
      }
    }
    return false;
  }
}
