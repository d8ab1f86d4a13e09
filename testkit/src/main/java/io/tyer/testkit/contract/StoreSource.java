package io.tyer.testkit.contract;

import java.nio.file.Path;

/** Where suites get stores from. */
public interface StoreSource {

  /**
   * A fresh, empty store.
   *
   * @param scratch an empty directory that lives as long as the test
   */
  StoreUnderTest storeUnderTest(Path scratch) throws Exception;

  /**
   * A fresh, empty store for a test that kills and restarts it. For kinds whose tests share a
   * server otherwise.
   *
   * @param scratch an empty directory that lives as long as the test
   */
  default StoreUnderTest storeToRestart(Path scratch) throws Exception {
    return storeUnderTest(scratch);
  }
}
