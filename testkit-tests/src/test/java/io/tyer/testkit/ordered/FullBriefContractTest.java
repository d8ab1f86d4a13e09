package io.tyer.testkit.ordered;

import io.tyer.testkit.contract.StoreBriefContract;

/** What takes seconds, in every build. */
class FullBriefContractTest extends StoreBriefContract implements OnFull {}
