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

/** MySQL's driver on MariaDB; MySQL itself is untested, held to the contract. */
class MysqlDriverContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnMysqlDriver {}

  @Nested
  class Bias extends BiasContract implements OnMysqlDriver {}

  @Nested
  class Cancel extends CancelContract implements OnMysqlDriver {}

  @Nested
  class Close extends CloseContract implements OnMysqlDriver {}

  @Nested
  class Exclusion extends ExclusionContract implements OnMysqlDriver {}

  @Nested
  class Force extends ForceContract implements OnMysqlDriver {}

  @Nested
  class Interrupt extends InterruptContract implements OnMysqlDriver {}

  @Nested
  class JavaLock extends JavaLockContract implements OnMysqlDriver {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnMysqlDriver {}

  @Nested
  class Listing extends ListingContract implements OnMysqlDriver {}

  @Nested
  class Loss extends LossContract implements OnMysqlDriver {}

  @Nested
  class LostReply extends LostReplyContract implements OnMysqlDriver {}

  @Nested
  class Name extends NameContract implements OnMysqlDriver {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnMysqlDriver {}

  @Nested
  class Order extends OrderContract implements OnMysqlDriver {}

  @Nested
  class Outage extends OutageContract implements OnMysqlDriver {}

  @Nested
  class Ownership extends OwnershipContract implements OnMysqlDriver {}

  @Nested
  class Progress extends ProgressContract implements OnMysqlDriver {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnMysqlDriver {}

  @Nested
  class Recovery extends RecoveryContract implements OnMysqlDriver {}

  @Nested
  class Reset extends ResetContract implements OnMysqlDriver {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnMysqlDriver {}

  @Nested
  class Session extends SessionContract implements OnMysqlDriver {}

  @Nested
  class Timeout extends TimeoutContract implements OnMysqlDriver {}

  @Nested
  class Token extends TokenContract implements OnMysqlDriver {}
}
