package io.tyer.testkit.server;

import io.tyer.testkit.host.ClientHosts;
import java.io.IOException;
import java.util.Optional;

/**
 * What can be done to the members of a store that is kept by several, besides what {@link
 * StoreServer} does to the one that leads. Called by one thread at a time.
 */
public interface ServerGroup {

  /**
   * Why this cannot befall a member on this machine, in words that are printed; empty if it can.
   */
  Optional<String> cannot(MemberHarm harm);

  /**
   * Makes hosts for that many clients, which reach the members' hosts; called once at most. They
   * are taken away with the group.
   *
   * @return empty if the members are not hosts of their own
   * @throws IOException if they cannot be made
   */
  default Optional<ClientHosts> hostsOfClients(int clients)
      throws IOException, InterruptedException {
    return Optional.empty();
  }

  /** A member that something has befallen. */
  interface Harmed {

    /** Which one, for reports. */
    String member();

    /**
     * Undoes it, and starts the member again if it has stopped because of it; once.
     *
     * @throws IOException if that cannot be done, or the member does not start
     */
    void undo() throws IOException, InterruptedException;
  }

  /**
   * Lets this befall the member that leads; waits for one to lead.
   *
   * @throws IOException if none leads, or it cannot be done
   * @throws UnsupportedOperationException if it {@link #cannot}
   */
  Harmed harmLeader(MemberHarm harm) throws IOException, InterruptedException;

  /** Kills all at once as SIGKILL does; {@link StoreServer#start} starts them again. */
  void killAll();

  /**
   * Ends each in turn as SIGTERM does, starts it again, and waits until it has caught up with the
   * others.
   *
   * @throws IOException if one does not end, does not start, or does not catch up
   */
  void restartEach() throws IOException;
}
