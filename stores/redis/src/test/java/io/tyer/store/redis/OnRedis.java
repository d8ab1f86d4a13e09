package io.tyer.store.redis;

import io.tyer.servers.redis.RedisKind;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite of the contract on a server of its own. */
interface OnRedis extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new RedisUnderTest(new RedisKind(), scratch);
  }
}
