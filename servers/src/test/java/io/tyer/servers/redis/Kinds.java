package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import org.junit.jupiter.api.Assumptions;

/** What these tests begin with. */
final class Kinds {

  private Kinds() {}

  /** The kind of this name; the test is skipped, with the reason, if it cannot be had here. */
  static ServerKind kind(String name) {
    ServerKind kind = ServerKind.named(name);
    Assumptions.assumeTrue(
        kind.unavailable().isEmpty(), () -> name + ": " + kind.unavailable().orElse(""));
    return kind;
  }
}
