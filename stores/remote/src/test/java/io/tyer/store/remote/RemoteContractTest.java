package io.tyer.store.remote;

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

/** One member, held to the contract: cuts, resets and restarts are real. */
class RemoteContractTest extends StoreContract {

  @Override
  protected List<Class<?>> others() {
    return List.of(RemoteContractLossTest.class);
  }

  @Nested
  class Bias extends BiasContract implements OnMember {}

  @Nested
  class Cancel extends CancelContract implements OnMember {}

  @Nested
  class Close extends CloseContract implements OnMember {}

  @Nested
  class Exclusion extends ExclusionContract implements OnMember {}

  @Nested
  class Force extends ForceContract implements OnMember {}

  @Nested
  class Interrupt extends InterruptContract implements OnMember {}

  @Nested
  class JavaLock extends JavaLockContract implements OnMember {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnMember {}

  @Nested
  class Listing extends ListingContract implements OnMember {}

  @Nested
  class Name extends NameContract implements OnMember {}

  @Nested
  class Order extends OrderContract implements OnMember {}

  @Nested
  class Outage extends OutageContract implements OnMember {}

  @Nested
  class Ownership extends OwnershipContract implements OnMember {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnMember {}

  @Nested
  class Reset extends ResetContract implements OnMember {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnMember {}

  @Nested
  class Timeout extends TimeoutContract implements OnMember {}

  @Nested
  class Token extends TokenContract implements OnMember {}
}
