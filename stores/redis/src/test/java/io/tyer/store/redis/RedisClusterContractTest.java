package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** A cluster of three masters, held to the contract. */
@Tag("full")
class RedisClusterContractTest extends StoreContract implements OnCluster {}
