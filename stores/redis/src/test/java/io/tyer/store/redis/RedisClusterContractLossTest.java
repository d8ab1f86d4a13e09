package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** A cluster of three masters, held to the contract of losses. */
@Tag("full")
class RedisClusterContractLossTest extends StoreLossContract implements OnCluster {}
