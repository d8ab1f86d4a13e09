package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreBriefContract;

/** One ZooKeeper server, held to what takes seconds of the contract. */
class ZooKeeperBriefContractTest extends StoreBriefContract implements OnZooKeeper {}
