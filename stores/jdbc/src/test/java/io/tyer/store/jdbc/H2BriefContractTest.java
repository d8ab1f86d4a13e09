package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreBriefContract;

/** H2 in memory, held to what takes seconds of the contract. */
class H2BriefContractTest extends StoreBriefContract implements OnH2 {}
