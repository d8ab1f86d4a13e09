package io.tyer.store.file;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.LostReplyContract;
import io.tyer.testkit.contract.NothingLeftContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.RecoveryContract;
import io.tyer.testkit.contract.SessionContract;
import org.junit.jupiter.api.Nested;

/** What the file store does about losses: the other half of {@link FileContractTest}. */
class FileContractLossTest {

  @Nested
  class AfterLoss extends AfterLossContract implements OnFiles {}

  @Nested
  class Loss extends LossContract implements OnFiles {}

  @Nested
  class LostReply extends LostReplyContract implements OnFiles {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnFiles {}

  @Nested
  class Progress extends ProgressContract implements OnFiles {}

  @Nested
  class Recovery extends RecoveryContract implements OnFiles {}

  @Nested
  class Session extends SessionContract implements OnFiles {}
}
