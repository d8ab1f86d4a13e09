package io.tyer.testkit.sim;

import static io.tyer.testkit.sim.Mutant.breaking;

import java.util.List;

/** The mistakes that the simulator must find; some of them were made. */
final class Mutants {

  private Mutants() {}

  static final List<Mutant> ALL =
      List.of(
          // ---- S1, S5: believing and telling
          breaking("S1 S5", "no margin")
              .in(
                  "engine/LiveSession",
                  "settings.ttl().minus(settings.margin())",
                  "settings.ttl()"),
          breaking("S1 S5", "deadline counted from the reply")
              .in(
                  "engine/Heartbeat",
                  "if (!session.acknowledged(sent)) {",
                  "if (!session.acknowledged(session.now())) {"),
          breaking("S1 S5 L1", "validity comes back after the deadline")
              .in(
                  "engine/LiveSession",
                  "if (proof.compareAndSet(known, OVER)) {\n        return OVER;",
                  "if (known != OVER) {\n        return OVER;")
              .in(
                  "engine/LiveSession",
                  "Proof known = lasting();\n      if (known == OVER) {\n        return false;",
                  "Proof known = Objects.requireNonNull(proof.get());\n"
                      + "      if (known == OVER) {\n        return false;")
              .in(
                  "engine/Heartbeat",
                  "      keeper.lose(session, LossCause.UNPROVED, effects);\n      return;",
                  "      if (!stopped) deadline = port.later(1_000_000, this::deadline);\n      return;"),
          breaking("S1 S5", "a suspension goes unnoticed")
              .in(
                  "engine/LiveSession",
                  "return wallAhead() - known.wallAheadMillis > suspensionMillis;",
                  "return known.untilNanos == 1;"),
          breaking("S5", "after a suspension loss is told by the monotonic clock only")
              .in(
                  "engine/Heartbeat",
                  "long pause = Math.min(often, Math.max(0, session.remainingNanos()));",
                  "long pause = Math.max(often / often, session.remainingNanos());"),
          breaking("S5", "loss is not told")
              .in("engine/HeldLease", "if (told != null) {", "if (told != null && false) {"),
          breaking("S5", "loss is told twice")
              .in(
                  "engine/HeldLease",
                  "told.forEach(listener -> tell(listener, cause))",
                  "told.forEach(listener -> { tell(listener, cause); tell(listener, cause); })"),
          breaking("S5", "loss is told after the store may have granted")
              .in(
                  "engine/Heartbeat",
                  "deadline = port.later(pause,",
                  "deadline = port.later(pause + 3 * settings.margin().toNanos(),"),
          breaking("S5", "max hold and revoke do not wait for the margin")
              .in(
                  "engine/Claim",
                  ".later(\n            engine.settings().margin().toNanos(),",
                  ".later(\n            0,"),
          breaking("S1", "death is judged by the beat before the newest")
              .in(
                  "store/memory/MemorySession",
                  "if (deadline.compareAndSet(known, after(store.now(), ttlNanos))) {",
                  "long newest = heard;\n      heard = store.now();\n"
                      + "      if (deadline.compareAndSet(known, after(newest == 0 ? heard : newest,"
                      + " ttlNanos))) {")
              .in(
                  "store/memory/MemorySession",
                  "private final AtomicLong deadline;",
                  "private final AtomicLong deadline;\n  private long heard;"),
          breaking("S1 S2", "a message that one ticket is granted is believed for another")
              .in(
                  "engine/NameQueue",
                  "Claim claim = claims.get(request);\n          if (claim != null) {",
                  "Claim claim = claims.values().stream().reduce((a, b) -> b).orElse(null);\n"
                      + "          if (claim != null) {")
              .in(
                  "engine/Claim",
                  "if (phase == Phase.WAITING && grantedNumber == number) {",
                  "if (phase == Phase.WAITING) {"),
          breaking("S1", "a baton under a ticket that was weakened")
              .in("engine/Claim", "turn.exhaust();", ""),
          // ---- S2, S3, S4: tokens, ownership, order
          breaking("S2", "a token used twice under batons")
              .in("engine/Turn", "return tokensDrawn++;", "return tokensDrawn;"),
          breaking("S2", "numbers are forgotten with the line")
              .in("store/memory/Shelf", "floor = Math.max(floor, after.last());", ""),
          breaking("S3 S1", "a ticket leaves by whoever asks")
              .in(
                  "store/memory/MemoryLineStore",
                  "ticket.isPresent() && ticket.get().session().equals(session.id())",
                  "ticket.isPresent()"),
          breaking("S4", "batons without bound")
              .in(
                  "engine/Turn",
                  "(handOvers < settings.batons()\n"
                      + "            && tokensDrawn < Engine.TOKENS_PER_TICKET\n"
                      + "            && engine.now() - sinceNanos <"
                      + " Nanos.of(settings.batonTime()))",
                  "!engine.closed()"),
          breaking("S4", "batons for longer than they may")
              .in(
                  "engine/Turn",
                  "&& engine.now() - sinceNanos < Nanos.of(settings.batonTime())",
                  ""),
          breaking("S4", "a try stands in line")
              .in(
                  "line/Line",
                  "if (Rule.granted(Node.weight(root), room)) {\n      return append(",
                  "if (Rule.granted(Node.weight(root) / 2, room)) {\n      return append("),
          // ---- bias
          breaking("L1 S4", "a recall is ignored")
              .in(
                  "engine/Turn",
                  "if (biased && !wanted) {\n      engine.bias",
                  "if (biased && wanted) {\n      engine.bias"),
          breaking("L1 S4", "a ticket that is kept is never read again")
              .in(
                  "engine/Claim",
                  "if (turn.rereadIsDue()) {\n                sendCheck(later);",
                  "if (turn.rereadIsDue()) {\n                turn.handedOn();"),
          breaking("S2", "a token used again after a biased re-acquire")
              .in(
                  "engine/Turn",
                  "return tokensDrawn++;",
                  "return mayKeep() ? tokensDrawn : tokensDrawn++;"),
          breaking("L2 L3", "a ticket that nobody uses is kept for ever")
              .in(
                  "engine/Claim",
                  "leases.isEmpty() && turn.idleForTooLong()",
                  "leases.isEmpty() && engine.closed()"),
          breaking("S1 S5", "whoever passed by the lock is forgotten")
              .in("engine/KeptSlot", "lease.claim().leases.add(lease);", "lease.claim().used();"),
          breaking("S1 S2 S4", "a lease is taken under a ticket that has left")
              .in(
                  "engine/KeptSlot",
                  "state.get() != null && state.getAndSet(null) instanceof HeldLease lease",
                  "state.get() instanceof HeldLease lease && state.compareAndSet(lease, null)"),
          breaking("L1 L2", "the way past the lock is open while callers wait")
              .in(
                  "engine/Lane",
                  "granted.size() == 1 && !queue.anybodyWants()",
                  "granted.size() == 1"),
          breaking("S2", "a ticket is kept until its tokens have run out")
              .in(
                  "engine/Turn",
                  "biased && !wanted && tokensDrawn < MOST_TOKENS_KEPT",
                  "biased && !wanted")
              .in(
                  "engine/Turn",
                  "if (tokensDrawn == Engine.TOKENS_PER_TICKET) {\n      throw new IllegalStateException(\"all tokens of a ticket are drawn\");\n    }\n    return tokensDrawn++;",
                  "return tokensDrawn++ & 15;"),
          breaking("S1 L1 L2", "a lease that was closed is downgraded")
              .in(
                  "engine/NameQueue",
                  "if (claim.leases.contains(lease) && lease.open()) {",
                  "if (lease != null) {"),
          breaking("L1 L2", "a ticket asked for while passing on is not withdrawn")
              .in(
                  "engine/Lane",
                  "      claim.abandon(effects);\n      enterIfNeeded(effects);\n    }\n  }\n\n  /** Those who stood",
                  "      if (claim.attempts().mayRepeat()) {\n        claim.abandon(effects);\n      }\n"
                      + "      enterIfNeeded(effects);\n    }\n  }\n\n  /** Those who stood"),
          breaking("L1 L2", "a leave that failed with an enter is not repeated")
              .in(
                  "engine/Departure",
                  "left(sent, then), this::failed));\n    Call.Part<TicketState>",
                  "left(sent, then), (why, then) -> {}));\n    Call.Part<TicketState>"),
          breaking("S4", "after a recall batons have no bounds")
              .in(
                  "engine/Turn",
                  "return mayKeep()\n        || (handOvers < settings.batons()",
                  "return mayKeep() || (biased && handOvers < tokensDrawn + 99)\n"
                      + "        || (handOvers < settings.batons()"),
          breaking("S4", "after a recall the bounds of batons begin anew with each")
              .in(
                  "engine/Turn",
                  "if (biased && !wanted) {\n      wanted = true;",
                  "if (biased) {\n      wanted = true;")
              .in(
                  "engine/Turn",
                  "if (biased && !wanted) {\n      engine.bias",
                  "if (biased) {\n      engine.bias"),
          // ---- L1, L2, L3: progress, and nothing left behind
          breaking("L1", "a lost wake-up is never checked again")
              .in("engine/Claim", "due()) {\n              sendCheck(later);", "due()) {"),
          breaking("L1", "a ticket is never due to be checked")
              .in("engine/CheckTimes", "pauseNanos() / 4 * 3", "pauseNanos() * 1_000"),
          breaking("L1 L2 L3", "an abandoned ticket")
              .in(
                  "engine/Claim",
                  "|| (phase == Phase.ENTERING && !attempts().awaiting())) {\n      leave(effects);",
                  "|| (phase == Phase.ENTERING && !attempts().awaiting())) {\n      over(effects);"),
          breaking("L1 L2 L3", "an unknown enter is forgotten")
              .in(
                  "engine/Claim",
                  "!attempts().awaiting() && attempts().allAnswered()",
                  "!attempts().awaiting()"),
          breaking("L1 L2 L3", "one attempt's ticket has left, the other attempt is forgotten")
              .in(
                  "engine/Departure",
                  "retryNanos = FIRST_RETRY_NANOS;\n    if (leaveAgain) {",
                  "claim.attempts().forgetOne();\n"
                      + "    retryNanos = FIRST_RETRY_NANOS;\n    if (leaveAgain) {")
              .in(
                  "engine/Attempts",
                  "boolean allAnswered() {",
                  "void forgetOne() {\n    unanswered = Math.max(0, unanswered - 1);\n"
                      + "  }\n\n  boolean allAnswered() {"),
          breaking("L1 L2 L3", "a leave whose reply was lost is not repeated")
              .in("engine/Departure", "sendAfter(retryNanos);", "claim.over(effects);"),
          breaking("L2", "time-outs take twice as long")
              .in("engine/FutureWait", ".schedule(waitNanos,", ".schedule(2 * waitNanos,"),
          breaking("L3", "a client that closes before its session opens is never idle")
              .in(
                  "engine/Lane",
                  "if (claim != null && claim.phase == Claim.Phase.PENDING) {\n"
                      + "      claim.abandon(effects);",
                  "if (claim != null && claim.phase == Claim.Phase.OVER) {\n"
                      + "      claim.abandon(effects);"),
          breaking("L3", "a client that is closed leaves its session")
              .in(
                  "engine/SessionKeeper",
                  "endInStore(session.store(), ended, then);",
                  "ended.complete(null);"),
          breaking("L3", "nobody sweeps")
              .in(
                  "store/memory/MemorySession",
                  "store.sweep();\n        reply.done",
                  "reply.done"));
}
