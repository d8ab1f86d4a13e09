package io.tyer.store.jdbc;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.LostReplyContract;
import io.tyer.testkit.contract.NothingLeftContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.RecoveryContract;
import io.tyer.testkit.contract.SessionContract;
import org.junit.jupiter.api.Nested;

/** What H2 in memory does about losses: the other half of {@link H2ContractTest}. */
class H2ContractLossTest {

  @Nested
  class AfterLoss extends AfterLossContract implements OnH2 {}

  @Nested
  class Loss extends LossContract implements OnH2 {}

  @Nested
  class LostReply extends LostReplyContract implements OnH2 {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnH2 {}

  @Nested
  class Progress extends ProgressContract implements OnH2 {}

  @Nested
  class Recovery extends RecoveryContract implements OnH2 {}

  @Nested
  class Session extends SessionContract implements OnH2 {}
}
