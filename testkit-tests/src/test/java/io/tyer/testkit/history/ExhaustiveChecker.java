package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: whether a lock service can have brought about a short history of one name. It plays
 * the service in all ways: at each step some lease is granted, is downgraded or ends. It shares
 * nothing with the fast checker, not even what a core is, and is far too slow for long histories.
 */
final class ExhaustiveChecker {

  private static final int WAITING = 0;
  private static final int HELD = 1;
  private static final int WEAKENED = 2;
  private static final int ENDED = 3;

  private final List<Lease> leases;
  private final Map<List<Integer>, Long> seen = new HashMap<>();

  private ExhaustiveChecker(List<Lease> leases) {
    this.leases = leases;
  }

  /** What a lease must satisfy: it is granted in [called, returned] and ends at until or later. */
  record Lease(
      long called,
      long returned,
      long until,
      long weakened,
      int weight,
      int capacity,
      long token) {}

  /** Whether there is an explanation. Instants must be small numbers. */
  static boolean explains(List<Event> events, long unwritten) {
    List<Lease> leases = new ArrayList<>();
    Set<Long> tokens = new HashSet<>();
    for (Event granted : events) {
      if (granted.what() == What.GRANTED) {
        Lease lease = lease(granted, events, unwritten);
        leases.add(lease);
        if (lease.token() != 0 && !tokens.add(lease.token())) {
          return false;
        }
      }
    }
    if (leases.size() > 7) {
      throw new IllegalArgumentException("too many leases: " + leases.size());
    }
    List<Integer> states = new ArrayList<>();
    leases.forEach(lease -> states.add(WAITING));
    return new ExhaustiveChecker(leases).search(states, Long.MIN_VALUE);
  }

  private boolean search(List<Integer> states, long now) {
    if (!states.contains(WAITING)) {
      // Those that are held beside each other may end as they like.
      return true;
    }
    Long earlier = seen.get(states);
    if (earlier != null && earlier <= now) {
      return false;
    }
    seen.put(states, now);
    for (int i = 0; i < states.size(); i++) {
      Lease lease = leases.get(i);
      int state = states.get(i);
      if (state == WAITING && canBeGranted(i, states, Math.max(now, lease.called()))) {
        if (search(with(states, i, HELD), Math.max(now, lease.called()))) {
          return true;
        }
      }
      if (state == HELD
          && lease.weakened() != Long.MAX_VALUE
          && search(with(states, i, WEAKENED), Math.max(now, lease.weakened()))) {
        return true;
      }
      if ((state == HELD || state == WEAKENED)
          && search(with(states, i, ENDED), Math.max(now, lease.until()))) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> with(List<Integer> states, int index, int state) {
    List<Integer> changed = new ArrayList<>(states);
    changed.set(index, state);
    return changed;
  }

  private boolean canBeGranted(int index, List<Integer> states, long at) {
    Lease lease = leases.get(index);
    if (at > lease.returned()) {
      return false;
    }
    List<int[]> together = new ArrayList<>();
    together.add(new int[] {lease.weight(), lease.capacity()});
    for (int i = 0; i < states.size(); i++) {
      Lease other = leases.get(i);
      int state = states.get(i);
      if (state != WAITING
          && lease.weight() == 0
          && lease.token() != 0
          && other.token() > lease.token()) {
        return false;
      }
      if (state == HELD) {
        together.add(new int[] {other.weight(), other.capacity()});
      } else if (state == WEAKENED) {
        together.add(new int[] {1, Integer.MAX_VALUE});
      }
    }
    return canBeTogether(together);
  }

  /** Whether there is an order of coming in which each fits beside those before it. */
  static boolean canBeTogether(List<int[]> leases) {
    if (leases.size() <= 1) {
      return leases.isEmpty() || leases.get(0)[0] <= leases.get(0)[1];
    }
    long sum = 0;
    for (int[] lease : leases) {
      if (lease[0] == 0) {
        return false;
      }
      sum += lease[0];
    }
    for (int i = 0; i < leases.size(); i++) {
      List<int[]> before = new ArrayList<>(leases);
      int[] last = before.remove(i);
      if (sum <= last[1] && canBeTogether(before)) {
        return true;
      }
    }
    return false;
  }

  private static Lease lease(Event granted, List<Event> events, long unwritten) {
    List<Event> its = new ArrayList<>();
    List<Event> process = new ArrayList<>();
    for (Event event : events) {
      if (event.process() == granted.process()) {
        process.add(event);
        if (event.operation() == granted.operation()) {
          its.add(event);
        }
      }
    }
    Event call = first(What.ACQUIRE, its);
    Event weakened = first(What.DOWNGRADE, its);
    if (call == null) {
      throw new IllegalArgumentException("no call: " + granted);
    }
    // Without a proof it may have been lost before acquire returned.
    long until = Long.MIN_VALUE;
    long end = events.stream().mapToLong(it -> it.at() + it.validFor()).max().orElse(0);
    for (long instant = granted.at() + 1; instant <= end; instant++) {
      if (proved(instant, its, process, unwritten)) {
        until = instant;
      }
    }
    return new Lease(
        call.at(),
        granted.at(),
        until,
        weakened == null ? Long.MAX_VALUE : Math.max(weakened.at(), granted.at() + 1),
        call.weight(),
        call.weight() == 0 ? Integer.MAX_VALUE : call.capacity(),
        its.stream().mapToLong(Event::token).max().orElse(0));
  }

  /** Whether one of its proofs reaches until this instant. */
  private static boolean proved(
      long instant, List<Event> its, List<Event> process, long unwritten) {
    Event release = first(What.RELEASE, its);
    Event killed = first(What.KILLED, process);
    if ((release != null && release.at() < instant) || (killed != null && killed.at() < instant)) {
      return false;
    }
    long last = Long.MIN_VALUE;
    boolean forced = false;
    for (Event event : its) {
      if (event.what() == What.VALID || event.what() == What.GRANTED) {
        last = Math.max(last, event.at());
      }
      forced |= event.what() == What.LOST && !event.note().equals("UNPROVED");
    }
    if (forced && instant > last) {
      return false;
    }
    for (Event valid : its) {
      if (valid.what() == What.VALID
          && instant <= valid.at() + valid.validFor()
          && its.stream()
              .noneMatch(
                  it ->
                      (it.what() == What.INVALID || it.what() == What.LOST)
                          && it.at() >= valid.at()
                          && it.at() < instant)
          && (killed == null
              || instant <= valid.at()
              || instant <= lastRan(killed, process) - unwritten)) {
        return true;
      }
    }
    return false;
  }

  private static long lastRan(Event killed, List<Event> process) {
    Event paused = first(What.PAUSED, process);
    Event resumed = first(What.RESUMED, process);
    return paused != null
            && paused.at() <= killed.at()
            && (resumed == null || resumed.at() > killed.at())
        ? paused.at()
        : killed.at();
  }

  private static @Nullable Event first(What what, List<Event> events) {
    Event first = null;
    for (Event event : events) {
      if (event.what() == what && (first == null || event.at() < first.at())) {
        first = event;
      }
    }
    return first;
  }
}
