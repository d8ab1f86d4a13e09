package io.tyer.testkit.contract;

import org.junit.jupiter.api.Nested;

/** The other half of {@link StoreContract}: what a store does about losses, and what is left. */
public abstract class StoreLossContract implements StoreSource {

  @Nested
  final class AfterLoss extends AfterLossContract {}

  @Nested
  final class AllLoss extends AllLossContract {}

  @Nested
  final class Loss extends LossContract {}

  @Nested
  final class LostReply extends LostReplyContract {}

  @Nested
  final class NothingLeft extends NothingLeftContract {}

  @Nested
  final class Progress extends ProgressContract {}

  @Nested
  final class Recovery extends RecoveryContract {}

  @Nested
  final class Session extends SessionContract {}
}
