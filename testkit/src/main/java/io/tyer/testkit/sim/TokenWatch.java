package io.tyer.testkit.sim;

import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * S2: tokens, and what they guard. Tokens are drawn while a lease is valid, and conflicting leases
 * are not valid at the same time: the order of drawing is the order of granting.
 */
final class TokenWatch {

  private final World world;
  private final Map<SimLock, Guarded> guarded = new HashMap<>();

  TokenWatch(World world) {
    this.world = world;
  }

  /** Something that one lock protects, and all tokens drawn for it. */
  private static final class Guarded {
    final Set<Long> drawn = new HashSet<>();
    long count;
    long highest;
    long highestExclusive;
    long highestWritten;
    long lastWriter;
  }

  private Guarded of(SimLock lock) {
    return guarded.computeIfAbsent(lock, name -> new Guarded());
  }

  /** A holder asks for its token, for the first time or again. */
  void draw(Held held) {
    if (held.closed) {
      return;
    }
    long token;
    try {
      token = held.lease.token();
    } catch (LeaseLostException | OutcomeUnknownException e) {
      world.tally().count("tokens refused");
      return;
    }
    if (held.drawn != 0) {
      if (token != held.token) {
        broken(held + " had token " + held.token + " and now has " + token);
      }
      return;
    }
    world.tally().count("tokens drawn");
    world.note(held.client.process(), "draws a token: " + held);
    Guarded it = of(held.lock);
    held.token = token;
    held.drawn = ++it.count;
    if (!it.drawn.add(token)) {
      broken("token " + token + " was drawn before: " + held);
    }
    long before = held.exclusive ? it.highest : it.highestExclusive;
    if (token <= before && !world.scenario().force()) {
      broken("token " + token + " is not above " + before + ", granted before: " + held);
    }
    it.highest = Math.max(it.highest, token);
    if (held.exclusive) {
      it.highestExclusive = Math.max(it.highestExclusive, token);
    }
  }

  /** A write arrives at what is guarded, however late. It checks the token, as it should. */
  void write(Held held) {
    if (held.drawn == 0 || !held.exclusive) {
      return;
    }
    Guarded it = of(held.lock);
    boolean accepted = held.token >= it.highestWritten;
    world.tally().count(accepted ? "writes accepted" : "writes refused");
    boolean inOrder = !world.scenario().force();
    if (inOrder && !accepted && !held.closed && held.lease.isValid()) {
      broken("a write of a valid holder is refused: " + held);
    }
    if (inOrder && accepted && held.drawn < it.lastWriter) {
      broken("a write is accepted after one of a later holder: " + held);
    }
    if (accepted) {
      it.highestWritten = held.token;
      it.lastWriter = held.drawn;
    }
  }

  private void broken(String how) {
    world.broken(new PromiseBroken("S2", how));
  }
}
