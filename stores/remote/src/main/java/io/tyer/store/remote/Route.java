package io.tyer.store.remote;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.network.HostPort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which member to ask next: where the last one pointed to, the leader that others found, then all
 * that are known; each once in a round, so that members that point to each other are left alone
 * until the next. For one thread at a time.
 */
final class Route {

  private static final long FIRST_PAUSE_NANOS = 25_000_000;
  private static final long LONGEST_PAUSE_NANOS = 500_000_000;

  /** While an election is likely to be under way, which takes less than these rounds together. */
  private static final long LONGEST_PAUSE_AT_FIRST_NANOS = 100_000_000;

  private static final int ROUNDS_AT_FIRST = 15;
  private static final int MOST_ROUNDS = 20;

  private final Members members;
  private final Set<HostPort> asked = new HashSet<>();
  private @Nullable HostPort hint;
  private @Nullable StoreException failure;
  private boolean somebodyThere;
  private int start;
  private int rounds;

  Route(Members members) {
    this.members = members;
    this.start = members.anyStart();
  }

  /** Whom to ask next; null if the round is over. */
  @Nullable HostPort next() {
    HostPort hinted = hint;
    hint = null;
    if (hinted != null && asked.add(hinted)) {
      return hinted;
    }
    HostPort leader = members.leader();
    if (leader != null && asked.add(leader)) {
      return leader;
    }
    List<HostPort> known = members.known();
    for (int i = 0; i < known.size(); i++) {
      HostPort server = known.get((start + i) % known.size());
      if (asked.add(server)) {
        return server;
      }
    }
    return null;
  }

  /** A member has pointed to another one, or to nobody. */
  void redirected(@Nullable HostPort to) {
    somebodyThere = true;
    hint = to;
  }

  /** A member could not be asked. */
  void failed(HostPort server, StoreException why) {
    members.doubt(server);
    // A refusal says more than that another one was not there.
    if (failure == null || failure.kind() != Kind.REFUSED) {
      failure = why;
    }
  }

  /** A member was reached, and is of no use now. */
  void disappointed(HostPort server) {
    members.doubt(server);
    somebodyThere = true;
  }

  /** The leader was found. */
  void arrived(HostPort server) {
    members.found(server);
    rounds = 0;
    newRound();
  }

  /** Why nobody could be asked in this round; null if somebody could. */
  @Nullable StoreException nobodyThere() {
    return somebodyThere ? null : failure;
  }

  /** Begins a new round; how long to pause before it. */
  long pauseNanos() {
    newRound();
    rounds = Math.min(rounds + 1, MOST_ROUNDS);
    boolean atFirst = rounds <= ROUNDS_AT_FIRST;
    return Math.min(
        FIRST_PAUSE_NANOS << (rounds - 1),
        atFirst ? LONGEST_PAUSE_AT_FIRST_NANOS : LONGEST_PAUSE_NANOS);
  }

  /** Rounds in vain since the leader was last found. */
  int rounds() {
    return rounds;
  }

  private void newRound() {
    asked.clear();
    somebodyThere = false;
    failure = null;
    start = (start + 1) % members.known().size();
  }
}
