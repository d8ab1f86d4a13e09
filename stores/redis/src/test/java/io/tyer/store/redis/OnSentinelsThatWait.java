package io.tyer.store.redis;

import io.tyer.servers.redis.RedisSentinelServer;
import io.tyer.servers.redis.RedisSentinelWaitKind;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** Runs the contract on the same where what is granted must be on a replica, too. */
interface OnSentinelsThatWait extends StoreSource {

  /** The one that the tests of a class share. */
  SharedServer<RedisSentinelServer> SHARED =
      new SharedServer<>(new RedisSentinelWaitKind(), RedisSentinelServer.class);

  @AfterAll
  static void end() {
    SHARED.close();
  }

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new SentinelUnderTest(SHARED);
  }
}
