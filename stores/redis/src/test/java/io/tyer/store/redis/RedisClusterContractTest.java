package io.tyer.store.redis;

import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterServer;
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
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.contract.TimeoutContract;
import io.tyer.testkit.contract.TokenContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** A cluster of three masters, held to the contract. */
class RedisClusterContractTest extends StoreContract {

  private static final SharedServer<RedisClusterServer> SHARED =
      new SharedServer<>(new RedisClusterKind(), RedisClusterServer.class);

  @AfterAll
  static void end() throws IOException {
    SHARED.close();
  }

  interface OnCluster extends StoreSource {
    @Override
    default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
      return new ClusterUnderTest(SHARED);
    }
  }

  @Nested
  class AfterLoss extends AfterLossContract implements OnCluster {}

  @Nested
  class Bias extends BiasContract implements OnCluster {}

  @Nested
  class Cancel extends CancelContract implements OnCluster {}

  @Nested
  class Close extends CloseContract implements OnCluster {}

  @Nested
  class Exclusion extends ExclusionContract implements OnCluster {}

  @Nested
  class Force extends ForceContract implements OnCluster {}

  @Nested
  class Interrupt extends InterruptContract implements OnCluster {}

  @Nested
  class JavaLock extends JavaLockContract implements OnCluster {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnCluster {}

  @Nested
  class Listing extends ListingContract implements OnCluster {}

  @Nested
  class Loss extends LossContract implements OnCluster {}

  @Nested
  class LostReply extends LostReplyContract implements OnCluster {}

  @Nested
  class Name extends NameContract implements OnCluster {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnCluster {}

  @Nested
  class Order extends OrderContract implements OnCluster {}

  @Nested
  class Outage extends OutageContract implements OnCluster {}

  @Nested
  class Ownership extends OwnershipContract implements OnCluster {}

  @Nested
  class Progress extends ProgressContract implements OnCluster {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnCluster {}

  @Nested
  class Recovery extends RecoveryContract implements OnCluster {}

  @Nested
  class Reset extends ResetContract implements OnCluster {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnCluster {}

  @Nested
  class Session extends SessionContract implements OnCluster {}

  @Nested
  class Timeout extends TimeoutContract implements OnCluster {}

  @Nested
  class Token extends TokenContract implements OnCluster {}
}
