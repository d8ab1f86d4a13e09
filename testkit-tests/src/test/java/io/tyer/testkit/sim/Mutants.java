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
                  "engine/LiveSession",
                  "Proof next = new Proof(sent.nanos + lifeNanos, sent.wallAheadMillis);",
                  "Proof next = new Proof(surroundings.nanoTime() + lifeNanos, sent.wallAheadMillis);"),
          breaking("S1 S5 L1", "validity comes back after the deadline")
              .in(
                  "engine/LiveSession",
                  "if (proof.compareAndSet(known, OVER)) {\n        return OVER;",
                  "if (known != OVER) {\n        return OVER;")
              .in(
                  "engine/LiveSession",
                  "Proof known = lasting();\n      if (known == OVER) {\n        return false;",
                  "Proof known = Objects.requireNonNull(proof.get());\n      if (known == OVER) {\n        return false;")
              .in(
                  "engine/SessionState",
                  "if (condition.over() || unprovedByWall) {\n      lose(open, LossCause.UNPROVED);",
                  "if (condition.over() || unprovedByWall) {\n      watchLater(new Condition(false, 1_000_000, false, 0));"),
          breaking("S1 S5", "a suspension goes unnoticed")
              .in(
                  "engine/LiveSession",
                  "return wallAhead() - known.wallAheadMillis > suspensionMillis;",
                  "return known.untilNanos == 1;"),
          breaking("S5", "after a suspension loss is told by the monotonic clock only")
              .in(
                  "engine/SessionState",
                  "long pause = Math.min(often, Math.max(0, condition.remainingNanos()));",
                  "long pause = Math.max(often / often, condition.remainingNanos());"),
          breaking("S5", "loss is not told")
              .in(
                  "engine/HeldLease",
                  "if (listener != null) {",
                  "if (listener != null && false) {"),
          breaking("S5", "loss is told twice")
              .in(
                  "engine/HeldLease",
                  "if (listener != null) {\n        tell(listener, cause);",
                  "if (listener != null) {\n        tell(listener, cause);\n        tell(listener, cause);"),
          breaking("S5", "loss is told after the store may have granted")
              .in(
                  "engine/SessionState",
                  "watchAlarm.set(), open, pause));",
                  "watchAlarm.set(), open, pause + 3 * marginNanos));"),
          breaking("S5", "max hold and revoke do not wait for the margin")
              .in(
                  "engine/Granted",
                  "new Effect.Later(step.rules.marginNanos(),",
                  "new Effect.Later(0,"),
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
                  "engine/NameState",
                  "OwnTicket ticket = tickets.find(heard.request());",
                  "OwnTicket ticket = tickets.all().stream().reduce((a, b) -> b).orElse(null);")
              .in(
                  "engine/OwnTicket",
                  "if (phase == Phase.WAITING && grantedNumber == number) {",
                  "if (phase == Phase.WAITING) {"),
          breaking("S1", "a baton under a ticket that was weakened")
              .in("engine/Granted", "batons.exhaust(step.rules);", ""),
          // ---- S2, S3, S4: tokens, ownership, order
          breaking("S2", "a token used twice under batons")
              .in("engine/Batons", "return tokensDrawn++;", "return tokensDrawn;"),
          breaking("S2", "numbers are forgotten with the line")
              .in("store/memory/Shelf", "floor = Math.max(floor, after.last());", ""),
          breaking("S3 S1", "a ticket leaves by whoever asks")
              .in(
                  "store/memory/MemoryLineStore",
                  "ticket.isPresent() && ticket.get().session().equals(session.id())",
                  "ticket.isPresent()"),
          breaking("S4", "batons without bound")
              .in(
                  "engine/Batons",
                  "handOvers < step.rules.batons()\n        && tokensDrawn < Rules.TOKENS_PER_TICKET\n        && step.now() - sinceNanos < step.rules.batonNanos()",
                  "sinceNanos != 1"),
          breaking("S4", "batons for longer than they may")
              .in(
                  "engine/Batons",
                  "\n        && step.now() - sinceNanos < step.rules.batonNanos()",
                  ""),
          breaking("S4", "a try stands in line")
              .in(
                  "line/Line",
                  "if (Rule.granted(Node.weight(root), room)) {\n      return append(",
                  "if (Rule.granted(Node.weight(root) / 2, room)) {\n      return append("),
          // ---- bias
          breaking("L1 S4", "a recall is ignored")
              .in(
                  "engine/BiasedName",
                  "if (known.want(now) && recalled) {",
                  "if (!recalled && known.want(now)) {"),
          breaking("L1 S4", "a ticket that is kept is never read again")
              .in(
                  "engine/BiasedName",
                  "nextLookNanos(), step.now())) {\n        known.ticket.check(step);",
                  "nextLookNanos(), step.now())) {\n        step.now();"),
          breaking("S2", "a token used again after a biased re-acquire")
              .in(
                  "engine/Batons",
                  "return tokensDrawn++;",
                  "return handOvers == 0 ? tokensDrawn : tokensDrawn++;"),
          breaking("L2 L3", "a ticket that nobody uses is kept for ever")
              .in(
                  "engine/KeptTicket",
                  "return idle && now - idleSinceNanos >= nanos;",
                  "return idle && now == nanos;"),
          breaking("S1 S5", "whoever passed by the lock is forgotten")
              .in(
                  "engine/BiasedName",
                  "} else if (found instanceof Holding holding) {\n      known.idle = false;",
                  "} else if (found instanceof Holding holding) {\n      known.idle = true;"),
          breaking("S1 S2 S4 API", "a lease is taken under a ticket that has left")
              .in(
                  "engine/KeptSlot",
                  "return state.get() == null ? null : state.getAndSet(null);",
                  "return state.get() instanceof Holding ? state.getAndSet(null) : state.get();"),
          breaking("L1 L2", "the way past the lock is open while callers wait")
              .in(
                  "engine/BiasedName",
                  "open.mayKeep() && !rules.anybodyWaits() && passable(open)",
                  "open.mayKeep() && passable(open)")
              .in(
                  "engine/BiasedName",
                  "if (granted && known.idle) {",
                  "if (granted && known.idle && !(event instanceof Event.Due && rules.anybodyWaits())) {"),
          breaking("S2", "a ticket is kept until its tokens have run out")
              .in(
                  "engine/KeptTicket",
                  "\n        && ticket.granted().batons().tokensDrawn() < MOST_TOKENS_KEPT",
                  "")
              .in(
                  "engine/Batons",
                  "if (tokensDrawn == Rules.TOKENS_PER_TICKET) {\n      throw new IllegalStateException(\"all tokens of a ticket are drawn\");\n    }\n    return tokensDrawn++;",
                  "return tokensDrawn++ & 15;"),
          breaking("S1 L1 L2", "a lease that was closed is downgraded")
              .in(
                  "engine/NameState",
                  "\n              && ticket.granted().holds(weaken.holding());",
                  ";")
              .in(
                  "engine/BiasedName",
                  "if (known.idle) {\n        step.emit(new Effect.Weakened",
                  "if (known.lookingAgain) {\n        step.emit(new Effect.Weakened")
              .in(
                  "engine/HeldLease",
                  "if (state.open()) {\n      shell().on(new Event.Weaken",
                  "if (shell != null) {\n      shell().on(new Event.Weaken"),
          breaking("L1 L2", "a ticket asked for while passing on is not withdrawn")
              .in(
                  "engine/ModeState",
                  "drop(ticket);\n      ticket.abandon(step);\n      enterIfNeeded();",
                  "drop(ticket);\n      if (ticket.entering().mayRepeat()) {\n        ticket.abandon(step);\n      }\n      enterIfNeeded();"),
          breaking("L1 L2", "a leave that failed with an enter is not repeated")
              .in(
                  "engine/OwnTicket",
                  "if (phase == Phase.LEAVING) {\n      leaving().failed(failure, step);",
                  "if (phase == Phase.LEAVING && !passedOn) {\n      leaving().failed(failure, step);")
              .in(
                  "engine/OwnTicket",
                  "Effect.Leave leave = turnToLeaving(step).attempt(step.now());",
                  "passedOn = true;\n    Effect.Leave leave = turnToLeaving(step).attempt(step.now());")
              .in(
                  "engine/OwnTicket",
                  "private long grantHeardEarly;",
                  "private long grantHeardEarly;\n  private boolean passedOn;"),
          breaking("S4", "after a recall batons have no bounds")
              .in(
                  "engine/Batons",
                  "return handOvers < step.rules.batons()",
                  "return unbounded || handOvers < step.rules.batons()")
              .in(
                  "engine/Batons",
                  "private long sinceNanos;",
                  "private long sinceNanos;\n  boolean unbounded;")
              .in(
                  "engine/KeptTicket",
                  "ticket.granted().batons().begin(now);",
                  "ticket.granted().batons().unbounded = true;"),
          breaking("S4", "callers share a ticket under strict order")
              .in("engine/NameState", "waiter.mode = waiter.mode.alone(turns);", ""),
          breaking("S4", "a try joins those of its client who read")
              .in(
                  "engine/ModeState",
                  "} else if (waiters.isEmpty() && !writerWaits && join(waiter)) {",
                  "}\n    if (waiters.isEmpty() && !writerWaits && join(waiter)) {"),
          breaking("S4", "a try is served by a ticket that was asked for before it came")
              .in(
                  "engine/OwnTicket",
                  " && (!waiter.onlyIfFree || place > waiter.askedBefore);",
                  ";"),
          breaking("S4", "after a recall the bounds of batons begin anew with each")
              .in("engine/KeptTicket", "if (news && granted) {", "if (granted) {"),
          // ---- L1, L2, L3: progress, and nothing left behind
          breaking("L1", "a lost wake-up is never checked again")
              .in(
                  "engine/Waiting",
                  "step.rules.lastCheckNanos());\n      check(number, step);",
                  "step.rules.lastCheckNanos());"),
          breaking("L1", "a ticket is never due to be checked")
              .in("engine/Waiting", "pause / 4 * 3", "pause * 1_000"),
          breaking("L1 L2 L3", "an abandoned ticket")
              .in(
                  "engine/OwnTicket",
                  "gone(step);\n    } else if (phase == Phase.WAITING) {\n      leave(step);",
                  "over(step);\n    } else if (phase == Phase.WAITING) {\n      over(step);"),
          breaking("L1 L2 L3", "an unknown enter is forgotten")
              .in(
                  "engine/OwnTicket",
                  "} else if (phase == Phase.ENTERING && !entering().awaiting()) {\n      gone(step);",
                  "} else if (phase == Phase.ENTERING && !entering().awaiting()) {\n      over(step);"),
          breaking("L1 L2 L3", "one attempt's ticket has left, the other attempt is forgotten")
              .in(
                  "engine/Leaving",
                  "retryNanos = Rules.FIRST_RETRY_NANOS;\n    if (leaveAgain) {",
                  "attempts.answered();\n    retryNanos = Rules.FIRST_RETRY_NANOS;\n    if (leaveAgain) {"),
          breaking("L1 L2 L3", "a leave whose reply was lost is not repeated")
              .in("engine/OwnTicket", "leaving().failed(failure, step);", "over(step);"),
          breaking("L2", "time-outs take twice as long")
              .in("engine/FutureWait", ".schedule(waitNanos,", ".schedule(2 * waitNanos,"),
          breaking("L3", "a client that closes before its session opens is never idle")
              .in(
                  "engine/ModeState",
                  "if (ticket != null && wantsSession()) {\n      ticket.abandon(step);",
                  "if (ticket != null && ticket.phase() == Phase.OVER) {\n      ticket.abandon(step);"),
          breaking("L3", "a client that is closed leaves its session")
              .in(
                  "engine/SessionState",
                  "finish(LossCause.CLOSED);\n      end(life, true);",
                  "finish(LossCause.CLOSED);"),
          breaking("L3", "nobody sweeps")
              .in(
                  "store/memory/MemorySession",
                  "store.sweep();\n        reply.done",
                  "reply.done"));
}
