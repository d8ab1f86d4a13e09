package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** One ZooKeeper server, held to the contract of losses. */
@Tag("variant")
class ZooKeeperContractLossTest extends StoreLossContract implements OnZooKeeper {}
