package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** A master with replicas behind sentinels, held to the contract of losses. */
@Tag("variant")
class RedisSentinelContractLossTest extends StoreLossContract implements OnSentinels {}
