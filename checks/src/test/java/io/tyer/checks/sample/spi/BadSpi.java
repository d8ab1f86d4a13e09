package io.tyer.checks.sample.spi;

import io.tyer.checks.sample.BadApi;

/** Not allowed: the SPI does not know the API. */
public interface BadSpi {
  void given(BadApi api);
}
