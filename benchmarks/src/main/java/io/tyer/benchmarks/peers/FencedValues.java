package io.tyer.benchmarks.peers;

import io.tyer.Tyer;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/** What is changed under a lock of Tyer's on the same server, and checks its token. */
final class FencedValues implements Subject {

  private final Address address;

  FencedValues(Address address) {
    this.address = address;
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.UPDATES);
  }

  @Override
  public boolean spansProcesses() {
    return Places.spansProcesses(address);
  }

  @Override
  public Client open() {
    throw new UnsupportedOperationException("its locks are measured by themselves");
  }

  @Override
  public Counters openToUpdate() throws IOException {
    Numbers numbers = Objects.requireNonNull(LockedCounters.beside(address, true));
    String store =
        Database.of(address)
            .map(database -> database.store(address))
            .orElseGet(() -> new Address("redis", address.location(), ""))
            .uri();
    return new LockedCounters(Tyer.open(store), numbers);
  }
}
