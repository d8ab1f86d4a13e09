package io.tyer.store.remote;

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

/** Three members, held to the contract. */
class RemoteTrioContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnTrio {}

  @Nested
  class Bias extends BiasContract implements OnTrio {}

  @Nested
  class Cancel extends CancelContract implements OnTrio {}

  @Nested
  class Close extends CloseContract implements OnTrio {}

  @Nested
  class Exclusion extends ExclusionContract implements OnTrio {}

  @Nested
  class Force extends ForceContract implements OnTrio {}

  @Nested
  class Interrupt extends InterruptContract implements OnTrio {}

  @Nested
  class JavaLock extends JavaLockContract implements OnTrio {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnTrio {}

  @Nested
  class Listing extends ListingContract implements OnTrio {}

  @Nested
  class Loss extends LossContract implements OnTrio {}

  @Nested
  class LostReply extends LostReplyContract implements OnTrio {}

  @Nested
  class Name extends NameContract implements OnTrio {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnTrio {}

  @Nested
  class Order extends OrderContract implements OnTrio {}

  @Nested
  class Outage extends OutageContract implements OnTrio {}

  @Nested
  class Ownership extends OwnershipContract implements OnTrio {}

  @Nested
  class Progress extends ProgressContract implements OnTrio {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnTrio {}

  @Nested
  class Recovery extends RecoveryContract implements OnTrio {}

  @Nested
  class Reset extends ResetContract implements OnTrio {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnTrio {}

  @Nested
  class Session extends SessionContract implements OnTrio {}

  @Nested
  class Timeout extends TimeoutContract implements OnTrio {}

  @Nested
  class Token extends TokenContract implements OnTrio {}
}
