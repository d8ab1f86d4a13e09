package io.tyer.store.redis;

import io.tyer.servers.redis.RedisSentinelKind;
import io.tyer.servers.redis.RedisSentinelServer;
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

/** A master with replicas behind sentinels, held to the contract. */
class RedisSentinelContractTest extends StoreContract {

  private static final SharedServer<RedisSentinelServer> SHARED =
      new SharedServer<>(new RedisSentinelKind(), RedisSentinelServer.class);

  @AfterAll
  static void end() throws IOException {
    SHARED.close();
  }

  interface OnSentinels extends StoreSource {
    @Override
    default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
      return new SentinelUnderTest(SHARED);
    }
  }

  @Nested
  class AfterLoss extends AfterLossContract implements OnSentinels {}

  @Nested
  class Bias extends BiasContract implements OnSentinels {}

  @Nested
  class Cancel extends CancelContract implements OnSentinels {}

  @Nested
  class Close extends CloseContract implements OnSentinels {}

  @Nested
  class Exclusion extends ExclusionContract implements OnSentinels {}

  @Nested
  class Force extends ForceContract implements OnSentinels {}

  @Nested
  class Interrupt extends InterruptContract implements OnSentinels {}

  @Nested
  class JavaLock extends JavaLockContract implements OnSentinels {}

  @Nested
  class JavaReadWrite extends JavaReadWriteContract implements OnSentinels {}

  @Nested
  class Listing extends ListingContract implements OnSentinels {}

  @Nested
  class Loss extends LossContract implements OnSentinels {}

  @Nested
  class LostReply extends LostReplyContract implements OnSentinels {}

  @Nested
  class Name extends NameContract implements OnSentinels {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnSentinels {}

  @Nested
  class Order extends OrderContract implements OnSentinels {}

  @Nested
  class Outage extends OutageContract implements OnSentinels {}

  @Nested
  class Ownership extends OwnershipContract implements OnSentinels {}

  @Nested
  class Progress extends ProgressContract implements OnSentinels {}

  @Nested
  class ReadWrite extends ReadWriteContract implements OnSentinels {}

  @Nested
  class Recovery extends RecoveryContract implements OnSentinels {}

  @Nested
  class Reset extends ResetContract implements OnSentinels {}

  @Nested
  class Semaphore extends SemaphoreContract implements OnSentinels {}

  @Nested
  class Session extends SessionContract implements OnSentinels {}

  @Nested
  class Timeout extends TimeoutContract implements OnSentinels {}

  @Nested
  class Token extends TokenContract implements OnSentinels {}
}
