package io.tyer.testkit.sample;

import io.tyer.testkit.contract.CancelContract;
import io.tyer.testkit.contract.CloseContract;
import io.tyer.testkit.contract.ExclusionContract;
import io.tyer.testkit.contract.InterruptContract;
import io.tyer.testkit.contract.OrderContract;
import io.tyer.testkit.contract.OutageContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.contract.TimeoutContract;
import org.junit.jupiter.api.Nested;

/** The sample store, held to the contract: here cuts, resets and restarts are real. */
class SampleContractTest extends StoreContract {

  @Nested
  class Exclusion extends ExclusionContract implements OnSample {}

  @Nested
  class Cancel extends CancelContract implements OnSample {}

  @Nested
  class Close extends CloseContract implements OnSample {}

  @Nested
  class Interrupt extends InterruptContract implements OnSample {}

  @Nested
  class Order extends OrderContract implements OnSample {}

  @Nested
  class Outage extends OutageContract implements OnSample {}

  @Nested
  class Progress extends ProgressContract implements OnSample {}

  @Nested
  class Timeout extends TimeoutContract implements OnSample {}
}
