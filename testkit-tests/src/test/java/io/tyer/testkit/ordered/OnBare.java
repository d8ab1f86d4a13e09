package io.tyer.testkit.ordered;

import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.nio.file.Path;

/** Runs a suite on {@link OrderedFlavour#BARE_LISTINGS}. */
interface OnBare extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) {
    return new OrderedUnderTest(OrderedFlavour.BARE_LISTINGS);
  }
}
