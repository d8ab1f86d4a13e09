package io.tyer.testkit.contract;

import org.junit.jupiter.api.Nested;

/** What the memory store does about losses: the other half of {@link MemoryContractTest}. */
class MemoryContractLossTest {

  @Nested
  class AfterLoss extends AfterLossContract implements OnMemory {}

  @Nested
  class Loss extends LossContract implements OnMemory {}

  @Nested
  class LostReply extends LostReplyContract implements OnMemory {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnMemory {}

  @Nested
  class Progress extends ProgressContract implements OnMemory {}

  @Nested
  class Recovery extends RecoveryContract implements OnMemory {}

  @Nested
  class Session extends SessionContract implements OnMemory {}
}
