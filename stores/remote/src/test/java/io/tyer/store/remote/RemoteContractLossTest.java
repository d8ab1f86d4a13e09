package io.tyer.store.remote;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.LostReplyContract;
import io.tyer.testkit.contract.NothingLeftContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.RecoveryContract;
import io.tyer.testkit.contract.SessionContract;
import org.junit.jupiter.api.Nested;

/** What one member does about losses: the other half of {@link RemoteContractTest}. */
class RemoteContractLossTest {

  @Nested
  class AfterLoss extends AfterLossContract implements OnMember {}

  @Nested
  class Loss extends LossContract implements OnMember {}

  @Nested
  class LostReply extends LostReplyContract implements OnMember {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnMember {}

  @Nested
  class Progress extends ProgressContract implements OnMember {}

  @Nested
  class Recovery extends RecoveryContract implements OnMember {}

  @Nested
  class Session extends SessionContract implements OnMember {}
}
