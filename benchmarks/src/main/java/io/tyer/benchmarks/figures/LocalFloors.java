package io.tyer.benchmarks.figures;

import java.util.Set;

/** The floors under whatever stays within one JVM. */
public final class LocalFloors implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LocalFloors() {}

  @Override
  public Set<String> schemes() {
    return Set.of("reentrant", "fair");
  }

  @Override
  public Subject subject(Address address) {
    return new LocalLocks(address.scheme().equals("fair"));
  }
}
