package io.tyer.testkit.fault;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import java.util.Set;

/**
 * Opens the stores of another provider behind a {@link Link}. Faults then happen between the engine
 * and the store's client, so that a store without a network can be cut off too.
 */
public final class FaultyProvider implements LineStoreProvider {

  private final LineStoreProvider real;
  private final Link link;

  /** The stores of this provider behind this link. */
  public FaultyProvider(LineStoreProvider real, Link link) {
    this.real = real;
    this.link = link;
  }

  @Override
  public Set<String> schemes() {
    return real.schemes();
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    return new FaultyStore(real.open(address, settings), link);
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    return real.diagnose(address, settings);
  }
}
