package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.ServiceLoader;

/** Finds the subject of an address: a floor's or a peer's by its scheme, else a store of Tyer's. */
public final class Subjects {

  private Subjects() {}

  public static Subject of(Address address) {
    for (SubjectProvider provider : ServiceLoader.load(SubjectProvider.class)) {
      if (provider.schemes().contains(address.scheme())) {
        return provider.subject(address);
      }
    }
    return new TyerSubject(address);
  }
}
