package io.tyer.benchmarks.peers;

import io.tyer.Tyer;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnTyer;
import io.tyer.benchmarks.server.OwnZooKeeper;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Tyer, on the store of this address. */
public final class TyerSubject implements Subject {

  private final Address address;
  private final Numbers inMemory = new MemoryNumbers();

  TyerSubject(Address address) {
    this.address = address;
  }

  @Override
  public Set<Ability> abilities() {
    EnumSet<Ability> all = EnumSet.allOf(Ability.class);
    if (!address.biased() || !tells()) {
      all.remove(Ability.KEEPS);
    }
    if (Places.isDirectory(address) || isGroup() || isZooKeeper()) {
      all.remove(Ability.UPDATES);
    }
    if (!isGroup()) {
      all.remove(Ability.FAILS_OVER);
    }
    return all;
  }

  @Override
  public boolean spansProcesses() {
    return Places.spansProcesses(address);
  }

  @Override
  public Client open() {
    return new TyerClient(Tyer.open(uri()), new StoreCalls());
  }

  @Override
  public Client openToHold() {
    StoreCalls calls = new StoreCalls();
    return new TyerClient(Tyer.builder(uri()).listener(calls).open(), calls);
  }

  /** The data are kept where the locks are. */
  @Override
  public Counters openToUpdate() throws IOException {
    Numbers beside = LockedCounters.beside(address, false);
    return new LockedCounters(Tyer.open(uri()), beside == null ? inMemory : beside);
  }

  private boolean isGroup() {
    return address.scheme().equals(OwnTyer.SCHEME) || address.scheme().equals(Etcd.STORE);
  }

  private boolean isZooKeeper() {
    return address.scheme().equals(OwnZooKeeper.SCHEME);
  }

  /** Whether clients are told of each other there; else nothing is kept under bias. */
  private boolean tells() {
    return Database.of(address).map(database -> database == Database.POSTGRESQL).orElse(true);
  }

  private String uri() {
    return Database.of(address).map(database -> database.store(address)).orElse(address).uri();
  }
}
