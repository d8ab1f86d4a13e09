package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;

/** What changes under a lock are measured beside: the same without one, and with a fence, too. */
public final class UpdatePeers implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public UpdatePeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(
        "versioned-memory",
        "versioned-redis",
        "versioned-postgresql",
        "versioned-mariadb",
        "versioned-h2",
        "fenced-redis",
        "fenced-postgresql",
        "fenced-mariadb",
        "fenced-h2");
  }

  @Override
  public Subject subject(Address address) {
    return address.scheme().startsWith("fenced-")
        ? new FencedValues(address)
        : new VersionedValues(address);
  }
}
