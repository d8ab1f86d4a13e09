package io.tyer.store.redis;

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

/** One server, held to the contract: cuts, resets and restarts are real. */
class RedisContractTest extends StoreContract {

  @Override
  protected List<Class<?>> others() {
    return List.of(RedisContractLossTest.class);
  }

  @Nested
  class Bias extends BiasContract implements OnRedis {}

  @Nested
  class Cancel extends CancelContract implements OnRedis {}

  @Nested
  class Close extends CloseContract implements OnRedis {}

  @Nested
  class Exclusion extends ExclusionContract implements OnRedis {}

  @Nested
  class Force extends ForceContract implements OnRedis {}

  @Nested
  class Interrupt extends InterruptContract implements OnRedis {}

  @Nested
  class JavaLock extends JavaLockContract implements OnRedis {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnRedis {}

  @Nested
  class Listing extends ListingContract implements OnRedis {}

  @Nested
  class Name extends NameContract implements OnRedis {}

  @Nested
  class Order extends OrderContract implements OnRedis {}

  @Nested
  class Outage extends OutageContract implements OnRedis {}

  @Nested
  class Ownership extends OwnershipContract implements OnRedis {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnRedis {}

  @Nested
  class Reset extends ResetContract implements OnRedis {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnRedis {}

  @Nested
  class Timeout extends TimeoutContract implements OnRedis {}

  @Nested
  class Token extends TokenContract implements OnRedis {}
}
