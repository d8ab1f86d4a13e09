package io.tyer.store.redis;

import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** Runs the contract on a cluster of three masters. */
interface OnCluster extends StoreSource {

  /** The one that the tests of a class share. */
  SharedServer<RedisClusterServer> SHARED =
      new SharedServer<>(new RedisClusterKind(), RedisClusterServer.class);

  @AfterAll
  static void end() {
    SHARED.close();
  }

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new ClusterUnderTest(SHARED);
  }
}
