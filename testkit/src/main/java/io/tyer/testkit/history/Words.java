package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what happened. Instants are told from the start of the history. */
final class Words {

  /** Faults that were over less than this before are told, too. */
  private static final long BEFORE = 1_000_000_000;

  private static final int TOLD = 12;

  private final long start;
  private final List<Fault> faults;

  Words(long start, List<Fault> faults) {
    this.start = start;
    this.faults = faults;
  }

  String at(long instant) {
    return instant == Acquisition.NEVER ? "never" : "+" + seconds(instant - start);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.9f s", nanos / 1e9);
  }

  /** Who, and what its call to acquire wanted. */
  static String who(Acquisition lease) {
    return "process " + lease.process() + ", acquire " + lease.id().operation();
  }

  /** One line: who, which lease, and its instants. */
  String lease(Hold hold) {
    Acquisition lease = hold.lease();
    StringBuilder text = new StringBuilder("  ").append(who(lease)).append(" (");
    if (lease.exclusive()) {
      text.append("exclusive");
    } else {
      text.append("shared, ").append(lease.weight());
      if (lease.capacity() != Integer.MAX_VALUE) {
        text.append(" of ").append(lease.capacity());
      }
    }
    text.append(lease.token() == 0 ? ", token unknown" : ", token " + lease.token());
    text.append("): called at ").append(at(lease.called()));
    text.append(", granted at ").append(at(lease.granted()));
    if (hold.empty()) {
      text.append(", never proved valid");
    } else {
      text.append(", proved valid until ").append(at(hold.until()));
      text.append(" (last proof at ").append(at(lease.lastProof())).append(')');
    }
    for (Event event : lease.events()) {
      switch (event.what()) {
        case DOWNGRADE -> text.append(", downgrading from ").append(at(event.at()));
        case LOST ->
            text.append(", told that it is lost (")
                .append(event.note())
                .append(") at ")
                .append(at(event.at()));
        case RELEASE -> text.append(", giving back from ").append(at(event.at()));
        default -> {}
      }
    }
    long invalid = lease.first(What.INVALID);
    if (invalid != Acquisition.NEVER) {
      text.append(", first seen invalid at ").append(at(invalid));
    }
    return text.toString();
  }

  /** What disturbed processes in that time or shortly before; one line each. */
  String faults(long from, long to) {
    List<String> lines = new ArrayList<>();
    for (Fault fault : faults) {
      if (fault.from() <= to && Hold.plus(fault.to(), BEFORE) >= from) {
        String line = "  " + fault.what() + " at " + at(fault.from());
        if (fault.kind() != Fault.Kind.KILL) {
          line +=
              fault.to() == Acquisition.NEVER ? " and not ended" : ", ended at " + at(fault.to());
        }
        lines.add(line);
      }
    }
    if (lines.isEmpty()) {
      return "No fault was in force or shortly over.";
    }
    int more = lines.size() - TOLD;
    if (more > 0) {
      // Those that struck last are the nearest.
      lines = new ArrayList<>(lines.subList(more, lines.size()));
      lines.add(0, "  and " + more + " before these");
    }
    return "Faults in force or shortly over:\n" + String.join("\n", lines);
  }
}
