package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;

/** The floors under whatever stays within one JVM. */
public final class LocalFloors implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LocalFloors() {}

  @Override
  public Set<String> schemes() {
    return Set.of("reentrant", "clocked", "fair");
  }

  @Override
  public Subject subject(Address address) {
    return address.scheme().equals("clocked")
        ? new ClockedLocks()
        : new LocalLocks(address.scheme().equals("fair"));
  }
}
