package io.tyer.testkit.contract;

import java.nio.file.Path;

/** Runs a suite on the memory store. */
interface OnMemory extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) {
    return new MemoryUnderTest();
  }
}
