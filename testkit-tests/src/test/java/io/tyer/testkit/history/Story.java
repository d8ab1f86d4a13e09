package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Tells a history by hand, and what the checker says of it. */
final class Story {

  Rules rules = Rules.all();

  private final List<Event> events = new ArrayList<>();

  Verdict verdict() {
    return HistoryChecker.check(events, rules);
  }

  List<Violation.Kind> kinds() {
    return verdict().violations().stream().map(Violation::kind).toList();
  }

  /** The one violation there is, which is of this kind. */
  Violation only(Violation.Kind kind) {
    List<Violation> violations = verdict().violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).kind()).isEqualTo(kind);
    return violations.get(0);
  }

  List<Event> events() {
    return events;
  }

  /** Something about a process or the world. */
  Story event(long at, int process, What what, String note) {
    events.add(new Event(at, process, 0, what, "", 0, 0, 0, 0, note));
    return this;
  }

  /** A resource accepts a token. */
  Story accepts(long at, int process, String name, long token) {
    events.add(new Event(at, process, 0, What.ACCEPTED, name, 0, 0, token, 0, ""));
    return this;
  }

  /** An exclusive acquire of "a". */
  Of exclusive(int process, long operation, long called) {
    return acquire(process, operation, called, "a", 0, 0);
  }

  /** An acquire of a read lock "a". */
  Of read(int process, long operation, long called) {
    return acquire(process, operation, called, "a", 1, Integer.MAX_VALUE);
  }

  Of acquire(int process, long operation, long called, String name, int weight, int capacity) {
    events.add(
        new Event(called, process, operation, What.ACQUIRE, name, weight, capacity, 0, 0, ""));
    return new Of(process, operation, name);
  }

  /** What happens to one acquire. */
  final class Of {
    private final int process;
    private final long operation;
    private final String name;

    private Of(int process, long operation, String name) {
      this.process = process;
      this.operation = operation;
      this.name = name;
    }

    Of granted(long at, long token) {
      return add(at, What.GRANTED, token, 0, "");
    }

    Of valid(long at, long validFor) {
      return add(at, What.VALID, 0, validFor, "");
    }

    Of lost(long at, String cause) {
      return add(at, What.LOST, 0, 0, cause);
    }

    Of then(long at, What what) {
      return add(at, what, 0, 0, "");
    }

    /** Valid right before, and given back. */
    Of released(long at) {
      return valid(at, 1).then(at, What.RELEASE).then(at + 1, What.RELEASED);
    }

    private Of add(long at, What what, long token, long validFor, String note) {
      events.add(new Event(at, process, operation, what, name, 0, 0, token, validFor, note));
      return this;
    }
  }
}
