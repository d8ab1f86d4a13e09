package io.tyer.store.remote;

import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerTrioKind;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite of the contract on three members of the lock server. */
interface OnTrio extends StoreSource {

  /** The one that the tests of this JVM share. */
  SharedServer<TyerGroup> SHARED = new SharedServer<>(new TyerTrioKind(), TyerGroup.class);

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new TrioUnderTest(SHARED.get(), SHARED::giveBack);
  }

  @Override
  default StoreUnderTest storeToRestart(Path scratch) throws IOException {
    return new TrioUnderTest(scratch);
  }
}
