package io.tyer.store.remote;

import io.tyer.spi.Surroundings;
import io.tyer.store.network.HostPort;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The members that a store knows of, and which of them was last found to lead. */
final class Members {

  private final List<HostPort> known;
  private final boolean loopbackOnly;
  private final Surroundings surroundings;
  private final AtomicReference<@Nullable HostPort> leader = new AtomicReference<>();

  Members(RemoteAddress address, Surroundings surroundings) {
    this.known = address.servers();
    this.loopbackOnly = address.plaintext();
    this.surroundings = surroundings;
  }

  List<HostPort> known() {
    return known;
  }

  /** So that not all clients ask the same member first. */
  int anyStart() {
    return (int) Math.floorMod(surroundings.nextLong(), (long) known.size());
  }

  @Nullable HostPort leader() {
    return leader.get();
  }

  void found(HostPort server) {
    leader.set(server);
  }

  /** A member that was the leader may not be it any more. */
  void doubt(HostPort server) {
    if (server.equals(leader.get())) {
      leader.set(null);
    }
  }

  /**
   * Whom a member points to; null if it says nobody, or somebody who must not be asked: what is
   * sent in plain text does not leave this machine.
   */
  @Nullable HostPort hint(String text) {
    if (text.isEmpty()) {
      return null;
    }
    HostPort to;
    try {
      to = HostPort.parse("a server", text, RemoteAddress.USUAL_PORT).inLowerCase();
    } catch (IllegalArgumentException e) {
      return null;
    }
    return loopbackOnly && !to.isLoopback() ? null : to;
  }
}
