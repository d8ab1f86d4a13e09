package io.tyer.store.zookeeper;

import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/** Who may do something with a node that this client makes. */
final class Access {

  private Access() {}

  /** Everybody, or only who has the credentials of whoever made it. */
  static List<ACL> of(ZooKeeperAddress address) {
    return address.owned() ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE;
  }
}
