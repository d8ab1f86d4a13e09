package io.tyer.testkit.history;

import io.tyer.testkit.history.Violation.LeaseId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the events of a history together, and tells where they make no sense. */
final class Acquisitions {

  private static final Set<What> OF_ACQUIRES = EnumSet.range(What.ACQUIRE, What.RELEASED);
  private static final Set<What> OUTCOMES =
      EnumSet.of(What.GRANTED, What.BUSY, What.FAILED, What.UNKNOWN);

  private final Findings findings;

  private Acquisitions(Findings findings) {
    this.findings = findings;
  }

  /** Those of which a call is in the history. */
  static List<Acquisition> of(List<Event> events, Findings findings) {
    Map<LeaseId, List<Event>> byId = new LinkedHashMap<>();
    for (Event event : events) {
      if (OF_ACQUIRES.contains(event.what()) || event.operation() != 0) {
        byId.computeIfAbsent(
                new LeaseId(event.process(), event.operation()), id -> new ArrayList<>())
            .add(event);
      }
    }
    Acquisitions acquisitions = new Acquisitions(findings);
    List<Acquisition> all = new ArrayList<>(byId.size());
    byId.values().forEach(its -> acquisitions.add(its, all));
    return all;
  }

  private void add(List<Event> events, List<Acquisition> all) {
    Event call = null;
    Event outcome = null;
    boolean ofAcquires = false;
    for (Event event : events) {
      ofAcquires |= OF_ACQUIRES.contains(event.what());
      if (event.what() == What.ACQUIRE) {
        unless(call == null, event, "is called twice");
        call = event;
      } else if (OUTCOMES.contains(event.what())) {
        unless(outcome == null, event, "has two outcomes");
        outcome = event;
      }
    }
    if (call == null) {
      // What a resource writes may carry an operation of its own.
      unless(!ofAcquires, events.get(0), "is not called");
      return;
    }
    unless(call.capacity() >= call.weight(), call, "takes more than there is");
    for (Event event : events) {
      unless(
          event.name().isEmpty() || event.name().equals(call.name()),
          event,
          "is of \"" + call.name() + "\"");
      unless(event.at() >= call.at(), event, "comes before its call");
      unless(
          event.what() == What.ACQUIRE
              || OUTCOMES.contains(event.what())
              || (outcome != null && outcome.what() == What.GRANTED),
          event,
          "is used without having been granted");
    }
    Acquisition acquisition = new Acquisition(call, events);
    if (acquisition.isGranted()) {
      oneToken(acquisition);
    }
    if (acquisition.granted() >= acquisition.called()) {
      all.add(acquisition);
    }
  }

  private void oneToken(Acquisition lease) {
    for (Event event : lease.events()) {
      if (event.token() != 0 && event.token() != lease.token()) {
        findings.about(
            Violation.Kind.TOKEN_CHANGED,
            lease.name(),
            lease.called(),
            event.at(),
            words ->
                Words.who(lease)
                    + " has the token "
                    + lease.token()
                    + " and, at "
                    + words.at(event.at())
                    + ", the token "
                    + event.token()
                    + ".");
        return;
      }
    }
  }

  private void unless(boolean fine, Event event, String what) {
    if (!fine) {
      findings.about(
          Violation.Kind.HISTORY,
          event.name(),
          event.at(),
          event.at(),
          words ->
              "process "
                  + event.process()
                  + ", acquire "
                  + event.operation()
                  + " "
                  + what
                  + " ("
                  + event.what()
                  + " at "
                  + words.at(event.at())
                  + ").");
    }
  }
}
