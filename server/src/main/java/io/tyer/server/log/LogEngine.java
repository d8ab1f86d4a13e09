package io.tyer.server.log;

import java.io.IOException;

/** Opens logs; the composition says by which engine. */
@FunctionalInterface
public interface LogEngine {

  /**
   * Opens this member's log, restores the machine from its newest snapshot, and takes part in the
   * group from then on.
   *
   * @throws IOException if the directory cannot be used as it is, or the peer address cannot be
   *     listened on; the message says what to do
   */
  ReplicatedLog open(MemberConfig config, LogMachine machine) throws IOException;
}
