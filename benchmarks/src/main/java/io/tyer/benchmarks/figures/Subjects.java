package io.tyer.benchmarks.figures;

import java.util.ServiceLoader;

/** Finds the subject of an address: a floor's or a peer's by its scheme, else a store of Tyer's. */
final class Subjects {

  private Subjects() {}

  static Subject of(Address address) {
    for (SubjectProvider provider : ServiceLoader.load(SubjectProvider.class)) {
      if (provider.schemes().contains(address.scheme())) {
        return provider.subject(address);
      }
    }
    return new TyerSubject(address);
  }
}
