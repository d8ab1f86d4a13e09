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

/** SQLite in a file, held to the contract. */
class SqliteContractTest extends StoreContract {

  @Nested
  class AfterLoss extends AfterLossContract implements OnSqlite {}

  @Nested
  class Bias extends BiasContract implements OnSqlite {}

  @Nested
  class Cancel extends CancelContract implements OnSqlite {}

  @Nested
  class Close extends CloseContract implements OnSqlite {}

  @Nested
  class Exclusion extends ExclusionContract implements OnSqlite {}

  @Nested
  class Force extends ForceContract implements OnSqlite {}

  @Nested
  class Interrupt extends InterruptContract implements OnSqlite {}

  @Nested
  class JavaLock extends JavaLockContract implements OnSqlite {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnSqlite {}

  @Nested
  class Listing extends ListingContract implements OnSqlite {}

  @Nested
  class Loss extends LossContract implements OnSqlite {}

  @Nested
  class LostReply extends LostReplyContract implements OnSqlite {}

  @Nested
  class Name extends NameContract implements OnSqlite {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnSqlite {}

  @Nested
  class Order extends OrderContract implements OnSqlite {}

  @Nested
  class Outage extends OutageContract implements OnSqlite {}

  @Nested
  class Ownership extends OwnershipContract implements OnSqlite {}

  @Nested
  class Progress extends ProgressContract implements OnSqlite {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnSqlite {}

  @Nested
  class Recovery extends RecoveryContract implements OnSqlite {}

  @Nested
  class Reset extends ResetContract implements OnSqlite {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnSqlite {}

  @Nested
  class Session extends SessionContract implements OnSqlite {}

  @Nested
  class Timeout extends TimeoutContract implements OnSqlite {}

  @Nested
  class Token extends TokenContract implements OnSqlite {}
}
