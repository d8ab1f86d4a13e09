package io.tyer.store.redis;

import io.tyer.testkit.contract.StoreBriefContract;

/** One Redis server, held to what takes seconds of the contract. */
class RedisBriefContractTest extends StoreBriefContract implements OnRedis {}
