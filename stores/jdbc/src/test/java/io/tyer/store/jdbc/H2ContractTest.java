package io.tyer.store.jdbc;

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

/** H2 in memory, held to the contract. */
class H2ContractTest extends StoreContract {

  @Override
  protected List<Class<?>> others() {
    return List.of(H2ContractLossTest.class);
  }

  @Nested
  class Bias extends BiasContract implements OnH2 {}

  @Nested
  class Cancel extends CancelContract implements OnH2 {}

  @Nested
  class Close extends CloseContract implements OnH2 {}

  @Nested
  class Exclusion extends ExclusionContract implements OnH2 {}

  @Nested
  class Force extends ForceContract implements OnH2 {}

  @Nested
  class Interrupt extends InterruptContract implements OnH2 {}

  @Nested
  class JavaLock extends JavaLockContract implements OnH2 {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnH2 {}

  @Nested
  class Listing extends ListingContract implements OnH2 {}

  @Nested
  class Name extends NameContract implements OnH2 {}

  @Nested
  class Order extends OrderContract implements OnH2 {}

  @Nested
  class Outage extends OutageContract implements OnH2 {}

  @Nested
  class Ownership extends OwnershipContract implements OnH2 {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnH2 {}

  @Nested
  class Reset extends ResetContract implements OnH2 {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnH2 {}

  @Nested
  class Timeout extends TimeoutContract implements OnH2 {}

  @Nested
  class Token extends TokenContract implements OnH2 {}
}
