package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/**
 * A master behind sentinels where what is granted must be on a replica, too, held to the contract.
 */
@Tag("variant")
class RedisSentinelWaitContractTest extends StoreContract implements OnSentinelsThatWait {}
