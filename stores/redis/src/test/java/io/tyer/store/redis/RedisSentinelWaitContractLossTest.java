package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/**
 * A master behind sentinels where what is granted must be on a replica, too, held to the contract
 * of losses.
 */
@Tag("full")
class RedisSentinelWaitContractLossTest extends StoreLossContract implements OnSentinelsThatWait {}
