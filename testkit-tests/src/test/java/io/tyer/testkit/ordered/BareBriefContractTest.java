package io.tyer.testkit.ordered;

import io.tyer.testkit.contract.StoreBriefContract;

/** What takes seconds, in every build. */
class BareBriefContractTest extends StoreBriefContract implements OnBare {}
