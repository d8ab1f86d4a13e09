package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** An ensemble of three, held to the contract of losses. */
@Tag("full")
class ZooKeeperTrioContractLossTest extends StoreLossContract implements OnEnsemble {}
