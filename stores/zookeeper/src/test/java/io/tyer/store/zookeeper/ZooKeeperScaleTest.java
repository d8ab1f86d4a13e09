package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreScaleContract;

/** One server, with many names. */
class ZooKeeperScaleTest extends StoreScaleContract implements OnZooKeeper {}
