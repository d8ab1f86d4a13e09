package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import io.tyer.fence.Codec;
import io.tyer.fence.MemoryVersioned;
import io.tyer.fence.Versioned;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is changed without any lock, where others lock it. */
final class VersionedValues implements Subject {

  private final Address address;
  private final ConcurrentHashMap<String, Versioned<String>> inMemory = new ConcurrentHashMap<>();

  VersionedValues(Address address) {
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
    throw new UnsupportedOperationException("there are no locks");
  }

  @Override
  public Counters openToUpdate() throws IOException {
    if (Database.of(address).isPresent()) {
      return VersionedCounters.inDatabase(address);
    }
    return Places.isServer(address)
        ? VersionedCounters.onRedis(address)
        : new VersionedCounters(this::inMemory, () -> {});
  }

  private Versioned<String> inMemory(String name) {
    return inMemory.computeIfAbsent(name, one -> new MemoryVersioned<>(one, Codec.text()));
  }
}
