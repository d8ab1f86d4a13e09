package io.tyer.benchmarks.figures;

import java.util.Set;

/** Makes subjects of addresses; found as a service. */
interface SubjectProvider {

  /** Which addresses are its own; none for those that nobody else knows. */
  Set<String> schemes();

  /** The subject of this address. No I/O. */
  Subject subject(Address address);
}
