package io.tyer.store.jdbc;

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

/** MariaDB, held to the contract. */
class MariaDbContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnMariaDb {}

  @Nested
  class Bias extends BiasContract implements OnMariaDb {}

  @Nested
  class Cancel extends CancelContract implements OnMariaDb {}

  @Nested
  class Close extends CloseContract implements OnMariaDb {}

  @Nested
  class Exclusion extends ExclusionContract implements OnMariaDb {}

  @Nested
  class Force extends ForceContract implements OnMariaDb {}

  @Nested
  class Interrupt extends InterruptContract implements OnMariaDb {}

  @Nested
  class JavaLock extends JavaLockContract implements OnMariaDb {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnMariaDb {}

  @Nested
  class Listing extends ListingContract implements OnMariaDb {}

  @Nested
  class Loss extends LossContract implements OnMariaDb {}

  @Nested
  class LostReply extends LostReplyContract implements OnMariaDb {}

  @Nested
  class Name extends NameContract implements OnMariaDb {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnMariaDb {}

  @Nested
  class Order extends OrderContract implements OnMariaDb {}

  @Nested
  class Outage extends OutageContract implements OnMariaDb {}

  @Nested
  class Ownership extends OwnershipContract implements OnMariaDb {}

  @Nested
  class Progress extends ProgressContract implements OnMariaDb {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnMariaDb {}

  @Nested
  class Recovery extends RecoveryContract implements OnMariaDb {}

  @Nested
  class Reset extends ResetContract implements OnMariaDb {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnMariaDb {}

  @Nested
  class Session extends SessionContract implements OnMariaDb {}

  @Nested
  class Timeout extends TimeoutContract implements OnMariaDb {}

  @Nested
  class Token extends TokenContract implements OnMariaDb {}
}
