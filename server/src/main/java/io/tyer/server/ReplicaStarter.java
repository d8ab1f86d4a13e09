package io.tyer.server;

import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.tls.LiveTls;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Starts the member behind the door. */
@FunctionalInterface
interface ReplicaStarter {

  /**
   * Starts it.
   *
   * @param self by what it is known
   * @param peerTls what it shows other members, and whom it trusts; empty for plain text
   * @param surroundings outlive it
   * @param meter told what it does
   */
  Running start(
      ServerConfig config,
      MemberInfo self,
      Optional<LiveTls> peerTls,
      Surroundings surroundings,
      ReplicaMeter meter)
      throws IOException;

  /**
   * A member that runs.
   *
   * @param stopped completes when it has stopped: with why, if it was not closed
   */
  record Running(Replica replica, CompletableFuture<Void> stopped) {}
}
