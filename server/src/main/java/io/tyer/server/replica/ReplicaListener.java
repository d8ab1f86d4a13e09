package io.tyer.server.replica;

import io.tyer.server.state.Notice;
import java.util.List;

/** Hears what happens at a member. Its methods must not block. */
public interface ReplicaListener {

  /**
   * At the leader, what an entry has to tell, after the answers to its commands; in the order of
   * entries.
   */
  void notices(List<Notice> notices);

  /** This member leads from now on, or no longer. */
  void leading(boolean leading);
}
