package io.tyer.store.record;

import io.tyer.spi.Bearers;
import java.util.ArrayList;
import java.util.List;

/** What is written about the processes that bear a session, and what is concluded from it. */
final class Processes {

  private static final int MOST_BEARERS = 1024;

  private final ProcessProof proof;

  Processes(ProcessProof proof) {
    this.proof = proof;
  }

  String clock() {
    return proof.clock();
  }

  String table() {
    return proof.processes();
  }

  /**
   * The processes as they are written: those that are there. None if one of them cannot be told for
   * certain, so that nothing is ever concluded from them.
   */
  List<Bearer> bearers(Bearers bearers) {
    List<Bearer> found = new ArrayList<>(bearers.pids().size());
    for (long pid : bearers.pids()) {
      long start = proof.startOf(pid);
      if (start >= 0) {
        found.add(new Bearer(pid, start));
      } else if (start != ProcessProof.ABSENT) {
        return List.of();
      }
    }
    return found.size() > MOST_BEARERS ? List.of() : found;
  }

  /** Whether the session's times are of the clock that this process reads. */
  boolean sameClock(SessionState session) {
    return !session.clock().isEmpty() && session.clock().equals(proof.clock());
  }

  /**
   * Whether it is proved that none of the session's processes exists any more: this process sees
   * the whole table they stand in, there are some, and each of them is absent or another one has
   * its pid.
   */
  boolean gone(SessionState session) {
    if (session.bearers().isEmpty()
        || session.processes().isEmpty()
        || !session.processes().equals(proof.processes())) {
      return false;
    }
    for (Bearer bearer : session.bearers()) {
      long start = proof.startOf(bearer.pid());
      boolean gone = start == ProcessProof.ABSENT || (start >= 0 && start != bearer.start());
      if (!gone) {
        return false;
      }
    }
    return true;
  }
}
