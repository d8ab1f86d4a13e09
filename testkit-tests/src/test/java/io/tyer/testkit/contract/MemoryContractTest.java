package io.tyer.testkit.contract;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** The memory store, held to the contract. */
class MemoryContractTest extends StoreContract {

  @Override
  protected List<Class<?>> others() {
    return List.of(MemoryContractLossTest.class);
  }

  @Nested
  class Bias extends BiasContract implements OnMemory {}

  @Nested
  class Cancel extends CancelContract implements OnMemory {}

  @Nested
  class Close extends CloseContract implements OnMemory {}

  @Nested
  class Exclusion extends ExclusionContract implements OnMemory {}

  @Nested
  class Force extends ForceContract implements OnMemory {}

  @Nested
  class Interrupt extends InterruptContract implements OnMemory {}

  @Nested
  class JavaLock extends JavaLockContract implements OnMemory {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnMemory {}

  @Nested
  class Listing extends ListingContract implements OnMemory {}

  @Nested
  class Name extends NameContract implements OnMemory {}

  @Nested
  class Order extends OrderContract implements OnMemory {}

  @Nested
  class Outage extends OutageContract implements OnMemory {}

  @Nested
  class Ownership extends OwnershipContract implements OnMemory {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnMemory {}

  @Nested
  class Reset extends ResetContract implements OnMemory {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnMemory {}

  @Nested
  class Timeout extends TimeoutContract implements OnMemory {}

  @Nested
  class Token extends TokenContract implements OnMemory {}
}
