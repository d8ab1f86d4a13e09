package io.tyer.benchmarks.figures;

import io.tyer.Tyer;
import java.util.EnumSet;
import java.util.Set;

/** Tyer, on the store of this address. */
final class TyerSubject implements Subject {

  private final Address address;

  TyerSubject(Address address) {
    this.address = address;
  }

  @Override
  public Set<Ability> abilities() {
    EnumSet<Ability> all = EnumSet.allOf(Ability.class);
    if (!address.biased() || !tells()) {
      all.remove(Ability.KEEPS);
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

  /** Whether clients are told of each other there; else nothing is kept under bias. */
  private boolean tells() {
    return Database.of(address).map(database -> database == Database.POSTGRESQL).orElse(true);
  }

  private String uri() {
    return Database.of(address).map(database -> database.store(address)).orElse(address).uri();
  }
}
