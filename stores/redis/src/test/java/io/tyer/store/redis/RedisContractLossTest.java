package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** One Redis server, held to the contract of losses. */
@Tag("full")
class RedisContractLossTest extends StoreLossContract implements OnRedis {}
