package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreBriefContract;

/** A member of the lock server, held to what takes seconds of the contract. */
class RemoteBriefContractTest extends StoreBriefContract implements OnMember {}
