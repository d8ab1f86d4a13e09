package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** One Redis server, held to the contract. */
@Tag("full")
class RedisContractTest extends StoreContract implements OnRedis {}
