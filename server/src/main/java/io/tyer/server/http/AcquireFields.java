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
   * For how many TTLs a request waits at most: what passes meanwhile by the server's clock is
   * counted on by the client's ({@link Validity}).
   */
  private static final long MOST_TTLS = 20;

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
    long ttlMillis =
        fields.number("ttlMillis", Bounds.MIN_TTL_MILLIS, Bounds.MAX_TTL_MILLIS, USUAL_TTL_MILLIS);
    long longest = Math.min(limits.longestWait().toMillis(), MOST_TTLS * ttlMillis);
    long waitMillis = fields.number("waitMillis", 0, longest, 0);
    Optional<HttpLease> own = LeaseCalls.lease(fields, lease);
    if (waitMillis > 0 && own.isEmpty()) {
      throw Refusal.bad(
          "who waits brings a lease of its own, 32 hex digits of a generator fit for secrets (such"
              + " as 'openssl rand -hex 16'): with it the same request finds its place again");
    }
    return new AcquireFields(
        ttlMillis, waitMillis, owner, exclusive, (int) weight, (int) capacity, own);
  }
}
