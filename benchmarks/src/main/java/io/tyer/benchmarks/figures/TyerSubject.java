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
    if (!address.biased()) {
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
    return new TyerClient(Tyer.open(address.uri()), new StoreCalls());
  }

  @Override
  public Client openToHold() {
    StoreCalls calls = new StoreCalls();
    return new TyerClient(Tyer.builder(address.uri()).listener(calls).open(), calls);
  }
}
