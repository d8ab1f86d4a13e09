package io.tyer.store.file;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.CancelContract;
import io.tyer.testkit.contract.CloseContract;
import io.tyer.testkit.contract.ExclusionContract;
import io.tyer.testkit.contract.InterruptContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.OrderContract;
import io.tyer.testkit.contract.OutageContract;
import io.tyer.testkit.contract.OwnershipContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.contract.TimeoutContract;
import io.tyer.testkit.contract.TokenContract;
import org.junit.jupiter.api.Nested;

/** The file store, held to the contract. */
class FileContractTest extends StoreContract {

  @Nested
  class Exclusion extends ExclusionContract implements OnFiles {}

  @Nested
  class Order extends OrderContract implements OnFiles {}

  @Nested
  class Progress extends ProgressContract implements OnFiles {}

  @Nested
  class Timeout extends TimeoutContract implements OnFiles {}

  @Nested
  class Outage extends OutageContract implements OnFiles {}

  @Nested
  class Cancel extends CancelContract implements OnFiles {}

  @Nested
  class Interrupt extends InterruptContract implements OnFiles {}

  @Nested
  class Close extends CloseContract implements OnFiles {}

  @Nested
  class Loss extends LossContract implements OnFiles {}

  @Nested
  class AfterLoss extends AfterLossContract implements OnFiles {}

  @Nested
  class Token extends TokenContract implements OnFiles {}

  @Nested
  class Ownership extends OwnershipContract implements OnFiles {}
}
