package io.tyer.testkit.sample;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.BiasContract;
import io.tyer.testkit.contract.CancelContract;
import io.tyer.testkit.contract.CloseContract;
import io.tyer.testkit.contract.ExclusionContract;
import io.tyer.testkit.contract.ForceContract;
import io.tyer.testkit.contract.InterruptContract;
import io.tyer.testkit.contract.JavaLockContract;
import io.tyer.testkit.contract.JavaReadWriteContract;
import io.tyer.testkit.contract.ListingContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.LostReplyContract;
import io.tyer.testkit.contract.NameContract;
import io.tyer.testkit.contract.NothingLeftContract;
import io.tyer.testkit.contract.OrderContract;
import io.tyer.testkit.contract.OutageContract;
import io.tyer.testkit.contract.OwnershipContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.ReadWriteContract;
import io.tyer.testkit.contract.RecoveryContract;
import io.tyer.testkit.contract.ResetContract;
import io.tyer.testkit.contract.SemaphoreContract;
import io.tyer.testkit.contract.SessionContract;
import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.contract.TimeoutContract;
import io.tyer.testkit.contract.TokenContract;
import org.junit.jupiter.api.Nested;

/** The sample store, held to the contract: here cuts, resets and restarts are real. */
class SampleContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnSample {}

  @Nested
  class Bias extends BiasContract implements OnSample {}

  @Nested
  class Cancel extends CancelContract implements OnSample {}

  @Nested
  class Close extends CloseContract implements OnSample {}

  @Nested
  class Exclusion extends ExclusionContract implements OnSample {}

  @Nested
  class Force extends ForceContract implements OnSample {}

  @Nested
  class Interrupt extends InterruptContract implements OnSample {}

  @Nested
  class JavaLock extends JavaLockContract implements OnSample {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnSample {}

  @Nested
  class Listing extends ListingContract implements OnSample {}

  @Nested
  class Loss extends LossContract implements OnSample {}

  @Nested
  class LostReply extends LostReplyContract implements OnSample {}

  @Nested
  class Name extends NameContract implements OnSample {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnSample {}

  @Nested
  class Order extends OrderContract implements OnSample {}

  @Nested
  class Outage extends OutageContract implements OnSample {}

  @Nested
  class Ownership extends OwnershipContract implements OnSample {}

  @Nested
  class Progress extends ProgressContract implements OnSample {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnSample {}

  @Nested
  class Recovery extends RecoveryContract implements OnSample {}

  @Nested
  class Reset extends ResetContract implements OnSample {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnSample {}

  @Nested
  class Session extends SessionContract implements OnSample {}

  @Nested
  class Timeout extends TimeoutContract implements OnSample {}

  @Nested
  class Token extends TokenContract implements OnSample {}
}
