package io.tyer.testkit.versioned;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.fence.Version;
import io.tyer.fence.Versioned;
import io.tyer.fence.Versioned.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Two clients do what chance says, and a model tells what must come of it. */
final class VersionedWalk {

  private static final int STEPS = 40;

  private final Random random;
  private final List<Versioned<String>> clients;

  /** The model: what stands, and every version there was. */
  private Optional<Entry<String>> stands = Optional.empty();

  private final List<Version> past = new ArrayList<>();
  private final Set<Version> seen = new HashSet<>();

  VersionedWalk(long seed, Versioned<String> one, Versioned<String> other) {
    this.random = new Random(seed);
    this.clients = List.of(one, other);
  }

  void run() throws InterruptedException {
    for (int i = 0; i < STEPS; i++) {
      step(clients.get(random.nextInt(clients.size())), "value " + i);
      assertThat(clients.get(random.nextInt(clients.size())).read()).isEqualTo(stands);
    }
  }

  private void step(Versioned<String> client, String value) throws InterruptedException {
    switch (random.nextInt(5)) {
      case 0 -> {
        Optional<Version> made = client.create(value);
        assertThat(made.isPresent()).as("created").isEqualTo(stands.isEmpty());
        made.ifPresent(version -> written(value, version));
      }
      case 1, 2 -> {
        Optional<Version> expected = any();
        if (expected.isPresent()) {
          Optional<Version> made = client.replace(expected.get(), value);
          assertThat(made.isPresent()).as("replaced").isEqualTo(isStanding(expected.get()));
          made.ifPresent(version -> written(value, version));
        }
      }
      case 3 -> {
        Optional<Version> expected = any();
        if (expected.isPresent()) {
          boolean standing = isStanding(expected.get());
          assertThat(client.remove(expected.get())).as("removed").isEqualTo(standing);
          stands = standing ? Optional.empty() : stands;
        }
      }
      default -> {
        Optional<String> before = stands.map(Entry::value);
        Entry<String> made =
            client.update(
                now -> {
                  assertThat(now).isEqualTo(before);
                  return value;
                });
        assertThat(made.value()).isEqualTo(value);
        written(value, made.version());
      }
    }
  }

  private void written(String value, Version version) {
    assertThat(seen.add(version)).as("%s is new", version).isTrue();
    past.add(version);
    stands = Optional.of(new Entry<>(value, version));
  }

  /** The one that stands, half the time. */
  private Optional<Version> any() {
    if (stands.isPresent() && random.nextBoolean()) {
      return stands.map(Entry::version);
    }
    return past.isEmpty() ? Optional.empty() : Optional.of(past.get(random.nextInt(past.size())));
  }

  private boolean isStanding(Version version) {
    return stands.map(Entry::version).equals(Optional.of(version));
  }
}
