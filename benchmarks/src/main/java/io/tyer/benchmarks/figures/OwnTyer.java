package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.util.Optional;

/** Three members of the lock server, on free ports, in directories of their own. */
final class OwnTyer {

  static final String SCHEME = "tyer";

  /** An option of the address that is not the store's: between all processes there is TLS. */
  static final String TLS = "tls";

  private OwnTyer() {}

  /** Why none can be started here; empty if one can. */
  static Optional<String> obstacle() {
    return Optional.of("the lock server is not in this build");
  }

  /** What tells groups apart that addresses want. */
  static String variant(Address address) {
    return address.query();
  }

  static OwnServer start(Address address) throws IOException {
    throw new IOException(obstacle().orElse("") + ": " + address);
  }
}
