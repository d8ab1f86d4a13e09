package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A small lie in a history. */
enum Mutation {
  SWAP_TOKENS {
    @Override
    void apply(List<Event> events, Random random) {
      List<Integer> drawn = indices(events, event -> event.token() != 0);
      if (drawn.size() > 1) {
        Event one = events.get(pick(drawn, random));
        Event other = events.get(pick(drawn, random));
        edit(events, one, event -> at(event, event.at(), other.token()));
        edit(events, other, event -> at(event, event.at(), one.token()));
      }
    }
  },
  REUSE_TOKEN {
    @Override
    void apply(List<Event> events, Random random) {
      List<Integer> drawn = indices(events, event -> event.token() != 0);
      if (drawn.size() > 1) {
        Event one = events.get(pick(drawn, random));
        Event other = events.get(pick(drawn, random));
        edit(events, one, event -> at(event, event.at(), other.token()));
      }
    }
  },
  STRETCH {
    @Override
    void apply(List<Event> events, Random random) {
      one(
          events,
          random,
          What.VALID,
          it -> changed(it, it.at(), it.weight(), it.capacity(), 1 + random.nextInt(30)));
      drop(events, random, random.nextBoolean() ? What.RELEASE : What.KILLED);
    }
  },
  DROP {
    @Override
    void apply(List<Event> events, Random random) {
      drop(
          events,
          random,
          List.of(What.RELEASE, What.KILLED, What.LOST, What.INVALID, What.DOWNGRADE, What.PAUSED)
              .get(random.nextInt(6)));
    }
  },
  CALL_LATER {
    @Override
    void apply(List<Event> events, Random random) {
      one(events, random, What.ACQUIRE, it -> at(it, returned(events, it), it.token()));
    }
  },
  SHIFT {
    @Override
    void apply(List<Event> events, Random random) {
      int process = events.get(random.nextInt(events.size())).process();
      long by = random.nextInt(21) - 10L;
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        if (event.process() == process) {
          events.set(i, at(event, event.at() + by, event.token()));
        }
      }
    }
  },
  EXCLUSIVE {
    @Override
    void apply(List<Event> events, Random random) {
      one(events, random, What.ACQUIRE, it -> changed(it, it.at(), 0, 0, it.validFor()));
    }
  },
  PROVE {
    @Override
    void apply(List<Event> events, Random random) {
      List<Integer> found = indices(events, event -> event.what() == What.GRANTED);
      if (!found.isEmpty()) {
        Event it = events.get(pick(found, random));
        events.add(
            new Event(
                it.at() + random.nextInt(3),
                it.process(),
                it.operation(),
                What.VALID,
                it.name(),
                0,
                0,
                0,
                random.nextInt(10),
                ""));
      }
    }
  };

  abstract void apply(List<Event> events, Random random);

  private static long returned(List<Event> events, Event call) {
    for (Event event : events) {
      if (event.what() == What.GRANTED && event.process() == call.process()) {
        return event.at();
      }
    }
    return call.at();
  }

  private static void one(
      List<Event> events, Random random, What what, UnaryOperator<Event> change) {
    List<Integer> found = indices(events, event -> event.what() == what);
    if (!found.isEmpty()) {
      int index = pick(found, random);
      events.set(index, change.apply(events.get(index)));
    }
  }

  private static void drop(List<Event> events, Random random, What what) {
    List<Integer> found = indices(events, event -> event.what() == what);
    if (!found.isEmpty()) {
      events.remove(pick(found, random));
    }
  }

  /** All events that carry the token of that lease. */
  private static void edit(List<Event> events, Event lease, UnaryOperator<Event> change) {
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (event.process() == lease.process() && event.token() != 0) {
        events.set(i, change.apply(event));
      }
    }
  }

  private static List<Integer> indices(List<Event> events, Predicate<Event> which) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (which.test(events.get(i))) {
        found.add(i);
      }
    }
    return found;
  }

  private static int pick(List<Integer> found, Random random) {
    return found.get(random.nextInt(found.size()));
  }

  private static Event at(Event it, long at, long token) {
    return new Event(
        at,
        it.process(),
        it.operation(),
        it.what(),
        it.name(),
        it.weight(),
        it.capacity(),
        token,
        it.validFor(),
        it.note());
  }

  private static Event changed(Event it, long at, int weight, int capacity, long validFor) {
    return new Event(
        at,
        it.process(),
        it.operation(),
        it.what(),
        it.name(),
        weight,
        capacity,
        it.token(),
        validFor,
        it.note());
  }
}
