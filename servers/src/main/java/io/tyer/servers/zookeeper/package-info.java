/** ZooKeeper, alone and as an ensemble: started, broken and looked into. */
@NullMarked
package io.tyer.servers.zookeeper;

import org.jspecify.annotations.NullMarked;
