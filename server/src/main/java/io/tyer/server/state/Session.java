package io.tyer.server.state;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A session: until when it lives, its tickets, and what its commands came to. */
final class Session {

  private final SessionId id;
  private final long ttlMillis;
  private final String owner;

  /** The generation of the {@link Sessions} in which it may be changed. */
  private final int generation;

  private final CowTree<Long, LockName> tickets;
  private final CowTree<Long, Outcome> outcomes;
  private long deadline;
  private boolean attention;
  private TokenId token = TokenId.NONE;
  private long settled;
  private long outcomesCost;

  Session(SessionId id, long ttlMillis, String owner, int generation) {
    this.id = id;
    this.ttlMillis = ttlMillis;
    this.owner = owner;
    this.generation = generation;
    this.tickets = new CowTree<>(Comparator.naturalOrder());
    this.outcomes = new CowTree<>(Comparator.naturalOrder());
  }

  private Session(Session original, int generation) {
    this.id = original.id;
    this.ttlMillis = original.ttlMillis;
    this.owner = original.owner;
    this.generation = generation;
    this.tickets = original.tickets.copy();
    this.outcomes = original.outcomes.copy();
    this.deadline = original.deadline;
    this.attention = original.attention;
    this.token = original.token;
    this.settled = original.settled;
    this.outcomesCost = original.outcomesCost;
  }

  /** A copy to change, in constant time; this one must not be changed any more. */
  Session copy(int inGeneration) {
    return new Session(this, inGeneration);
  }

  int generation() {
    return generation;
  }

  SessionId id() {
    return id;
  }

  long ttlMillis() {
    return ttlMillis;
  }

  String owner() {
    return owner;
  }

  /** The replicated time at which it ends if there is no sign of life before. */
  long deadline() {
    return deadline;
  }

  void deadline(long replicatedMillis) {
    deadline = replicatedMillis;
  }

  /** Under which it is used. */
  TokenId token() {
    return token;
  }

  void token(TokenId by) {
    token = by;
  }

  boolean attention() {
    return attention;
  }

  void attention(boolean needed) {
    attention = needed;
  }

  /** Where its tickets stand, by their numbers, which are unique over all lines. */
  CowTree<Long, LockName> tickets() {
    return tickets;
  }

  /** Whether a command was applied: whoever made it knows that the session is open. */
  boolean isUsed() {
    return settled > 0 || outcomes.firstKey() != null;
  }

  /** All sequence numbers below are settled. */
  long settled() {
    return settled;
  }

  /** Forgets the outcomes of all numbers below. */
  void settle(long below) {
    settled = Math.max(settled, below);
    Long first = outcomes.firstKey();
    while (first != null && first < settled) {
      Outcome outcome = outcomes.get(first);
      outcomesCost -= outcome == null ? 0 : HeapCost.of(outcome);
      outcomes.removeFirst();
      first = outcomes.firstKey();
    }
  }

  /** Keeps what the command with this number came to, for which nothing is kept yet. */
  void keep(long sequence, Outcome outcome) {
    outcomes.put(sequence, outcome);
    outcomesCost += HeapCost.of(outcome);
  }

  /** About how many bytes of heap its outcomes take. */
  long outcomesCost() {
    return outcomesCost;
  }

  /** What the command with this number came to; null if it is not known to have come. */
  @Nullable Outcome outcome(long sequence) {
    return outcomes.get(sequence);
  }

  /** What all unsettled ones came to, by their numbers. */
  CowTree<Long, Outcome> outcomes() {
    return outcomes;
  }
}
