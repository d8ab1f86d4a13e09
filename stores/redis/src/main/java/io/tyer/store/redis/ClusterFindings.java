package io.tyer.store.redis;

import io.tyer.spi.Finding;
import io.tyer.store.network.HostPort;
import java.util.Collection;

/** What a node says of its cluster. */
final class ClusterFindings {

  private static final String ALL = "16384";

  private ClusterFindings() {}

  /** Of CLUSTER INFO. */
  static Finding state(String node, ServerInfo info) {
    String state = info.field("cluster_state");
    String served = info.field("cluster_slots_ok");
    if (state.equals("ok") && served.equals(ALL)) {
      return Finding.ok("cluster", node + " says that the cluster is ok and serves all slots");
    }
    return Finding.problem(
        "cluster",
        String.format(
            "%s says that the state of the cluster is %s, and %s of %s slots are served",
            node, state, served, ALL),
        "the locks of other slots cannot be taken until their masters are back");
  }

  /** Of CLUSTER SLOTS. */
  static Finding masters(Collection<HostPort> masters) {
    return masters.isEmpty()
        ? Finding.problem("cluster", "no master serves a slot", "assign the slots")
        : Finding.ok("cluster", "masters with locks: " + masters);
  }
}
