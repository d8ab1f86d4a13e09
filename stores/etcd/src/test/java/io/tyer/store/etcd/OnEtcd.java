package io.tyer.store.etcd;

import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdKind;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite of the contract on one member of etcd. */
interface OnEtcd extends StoreSource {

  /** The one that the tests of this JVM share. */
  SharedServer<EtcdCluster> SHARED = new SharedServer<>(new EtcdKind(), EtcdCluster.class);

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return EtcdUnderTest.on(SHARED);
  }

  @Override
  default StoreUnderTest storeToRestart(Path scratch) throws IOException {
    return EtcdUnderTest.ofItsOwn(new EtcdKind(), scratch);
  }
}
