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

/** PostgreSQL, held to the contract. */
class PostgresContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnPostgres {}

  @Nested
  class Bias extends BiasContract implements OnPostgres {}

  @Nested
  class Cancel extends CancelContract implements OnPostgres {}

  @Nested
  class Close extends CloseContract implements OnPostgres {}

  @Nested
  class Exclusion extends ExclusionContract implements OnPostgres {}

  @Nested
  class Force extends ForceContract implements OnPostgres {}

  @Nested
  class Interrupt extends InterruptContract implements OnPostgres {}

  @Nested
  class JavaLock extends JavaLockContract implements OnPostgres {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnPostgres {}

  @Nested
  class Listing extends ListingContract implements OnPostgres {}

  @Nested
  class Loss extends LossContract implements OnPostgres {}

  @Nested
  class LostReply extends LostReplyContract implements OnPostgres {}

  @Nested
  class Name extends NameContract implements OnPostgres {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnPostgres {}

  @Nested
  class Order extends OrderContract implements OnPostgres {}

  @Nested
  class Outage extends OutageContract implements OnPostgres {}

  @Nested
  class Ownership extends OwnershipContract implements OnPostgres {}

  @Nested
  class Progress extends ProgressContract implements OnPostgres {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnPostgres {}

  @Nested
  class Recovery extends RecoveryContract implements OnPostgres {}

  @Nested
  class Reset extends ResetContract implements OnPostgres {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnPostgres {}

  @Nested
  class Session extends SessionContract implements OnPostgres {}

  @Nested
  class Timeout extends TimeoutContract implements OnPostgres {}

  @Nested
  class Token extends TokenContract implements OnPostgres {}
}
