package io.tyer.server.http;

import io.tyer.line.Ask;
import io.tyer.server.state.Bounds;
import java.util.List;
import java.util.Optional;

/**
 * What a request to acquire asks for.
 *
 * @param lease what the client has chosen; empty if the server is to
 */
record AcquireFields(
    long ttlMillis,
    long waitMillis,
    String owner,
    boolean exclusive,
    int weight,
    int capacity,
    Optional<HttpLease> lease) {

  /** What the body may have. */
  static final List<String> NAMES =
      List.of("ttlMillis", "waitMillis", "owner", "mode", "weight", "capacity", "lease");

  private static final long USUAL_TTL_MILLIS = 15_000;

  /**
   * Reads a body.
   *
   * @param lease as a header has it
   * @param otherOwner a label where the body has none
   * @throws Refusal saying what would be right
   */
  static AcquireFields of(
      Fields fields, Optional<String> lease, String otherOwner, HttpLimits limits) {
    String mode = fields.text("mode").orElse("exclusive");
    boolean exclusive = mode.equals("exclusive");
    if (!exclusive && !mode.equals("shared")) {
      throw Refusal.bad("mode is \"exclusive\" or \"shared\"");
    }
    long mostCapacity = exclusive ? 1 : Ask.MAX_PERMITS;
    long capacity = fields.number("capacity", 1, mostCapacity, exclusive ? 1 : Ask.UNBOUNDED);
    long weight = fields.number("weight", 1, Math.min(capacity, mostCapacity), 1);
    String owner = fields.text("owner").orElseGet(() -> Ask.clipOwner(otherOwner));
    if (!Ask.clipOwner(owner).equals(owner)) {
      throw Refusal.bad(
          "owner has at most " + Ask.MAX_OWNER + " characters, none of them a control character");
    }
    return new AcquireFields(
        fields.number("ttlMillis", Bounds.MIN_TTL_MILLIS, Bounds.MAX_TTL_MILLIS, USUAL_TTL_MILLIS),
        fields.number("waitMillis", 0, limits.longestWait().toMillis(), 0),
        owner,
        exclusive,
        (int) weight,
        (int) capacity,
        fields.text("lease").or(() -> lease).map(HttpLease::parse));
  }
}
