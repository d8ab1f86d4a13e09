package io.tyer.server.replica;

import io.tyer.line.LockName;
import io.tyer.server.state.Notice;
import java.util.List;
import java.util.Set;

/** Hears what happens at a member. Its methods must not block. */
public interface ReplicaListener {

  /**
   * At the leader, what an entry has to tell, after the answers to its commands; in the order of
   * entries.
   */
  void notices(List<Notice> notices);

  /**
   * Whose lines an entry has changed, at each member that applies it; told if anybody watches, see
   * {@link Replica#watch}.
   */
  default void changed(Set<LockName> names) {}

  /** This member leads from now on, or no longer. */
  void leading(boolean leading);
}
