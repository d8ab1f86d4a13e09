package io.tyer.store.redis;

import io.tyer.testkit.contract.AfterLossContract;
import io.tyer.testkit.contract.LossContract;
import io.tyer.testkit.contract.LostReplyContract;
import io.tyer.testkit.contract.NothingLeftContract;
import io.tyer.testkit.contract.ProgressContract;
import io.tyer.testkit.contract.RecoveryContract;
import io.tyer.testkit.contract.SessionContract;
import org.junit.jupiter.api.Nested;

/** What one server does about losses: the other half of {@link RedisContractTest}. */
class RedisContractLossTest {

  @Nested
  class AfterLoss extends AfterLossContract implements OnRedis {}

  @Nested
  class Loss extends LossContract implements OnRedis {}

  @Nested
  class LostReply extends LostReplyContract implements OnRedis {}

  @Nested
  class NothingLeft extends NothingLeftContract implements OnRedis {}

  @Nested
  class Progress extends ProgressContract implements OnRedis {}

  @Nested
  class Recovery extends RecoveryContract implements OnRedis {}

  @Nested
  class Session extends SessionContract implements OnRedis {}
}
