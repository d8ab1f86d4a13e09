package io.tyer.store.zookeeper;

import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperTrioKind;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** Runs a suite of the contract on an ensemble of three. */
interface OnEnsemble extends StoreSource {

  /** What the tests of a class share. */
  SharedServer<ZooKeeperGroup> SHARED =
      new SharedServer<>(new ZooKeeperTrioKind(), ZooKeeperGroup.class);

  @AfterAll
  static void end() {
    SHARED.close();
  }

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new ZooKeeperUnderTest(SHARED);
  }
}
