package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite of the contract on a member of the lock server. */
interface OnMember extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new MemberUnderTest();
  }

  @Override
  default StoreUnderTest storeToRestart(Path scratch) throws IOException {
    return new MemberUnderTest(scratch);
  }
}
