package io.tyer.testkit.sample;

import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite on the sample store. */
interface OnSample extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new SampleUnderTest(scratch);
  }
}
