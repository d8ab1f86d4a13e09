package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** A master with replicas behind sentinels, held to the contract. */
@Tag("variant")
class RedisSentinelContractTest extends StoreContract implements OnSentinels {}
