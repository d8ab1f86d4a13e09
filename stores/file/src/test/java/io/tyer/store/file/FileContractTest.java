package io.tyer.store.file;

import io.tyer.testkit.contract.BiasContract;
import io.tyer.testkit.contract.CancelContract;
import io.tyer.testkit.contract.CloseContract;
import io.tyer.testkit.contract.ExclusionContract;
import io.tyer.testkit.contract.ForceContract;
import io.tyer.testkit.contract.InterruptContract;
import io.tyer.testkit.contract.JavaLockContract;
import io.tyer.testkit.contract.JavaReadWriteContract;
import io.tyer.testkit.contract.ListingContract;
import io.tyer.testkit.contract.NameContract;
import io.tyer.testkit.contract.OrderContract;
import io.tyer.testkit.contract.OutageContract;
import io.tyer.testkit.contract.OwnershipContract;
import io.tyer.testkit.contract.ReadWriteContract;
import io.tyer.testkit.contract.ResetContract;
import io.tyer.testkit.contract.SemaphoreContract;
import io.tyer.testkit.contract.StoreContract;
import io.tyer.testkit.contract.TimeoutContract;
import io.tyer.testkit.contract.TokenContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The file store, held to the contract. */
class FileContractTest extends StoreContract {

  @Override
  protected List<Class<?>> others() {
    return List.of(FileContractLossTest.class);
  }

  @Nested
  class Bias extends BiasContract implements OnFiles {}

  @Nested
  class Cancel extends CancelContract implements OnFiles {}

  @Nested
  class Close extends CloseContract implements OnFiles {}

  @Nested
  class Exclusion extends ExclusionContract implements OnFiles {}

  @Nested
  class Force extends ForceContract implements OnFiles {}

  @Nested
  class Interrupt extends InterruptContract implements OnFiles {}

  @Nested
  class JavaLock extends JavaLockContract implements OnFiles {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnFiles {}

  @Nested
  class Listing extends ListingContract implements OnFiles {}

  @Nested
  class Name extends NameContract implements OnFiles {}

  @Nested
  class Order extends OrderContract implements OnFiles {}

  @Nested
  class Outage extends OutageContract implements OnFiles {}

  @Nested
  class Ownership extends OwnershipContract implements OnFiles {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnFiles {}

  @Nested
  class Reset extends ResetContract implements OnFiles {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnFiles {}

  @Nested
  class Timeout extends TimeoutContract implements OnFiles {}

  @Nested
  class Token extends TokenContract implements OnFiles {}
}
