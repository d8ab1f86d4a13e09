package io.tyer.benchmarks.play;

import java.util.Set;

/** Makes subjects of addresses; found as a service. */
public interface SubjectProvider {

  /** Which addresses are its own; none for those that nobody else knows. */
  Set<String> schemes();

  /** The subject of this address. No I/O. */
  Subject subject(Address address);
}
