package io.tyer.testkit.ordered;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.ordered.OrderedLineStore;
import io.tyer.store.ordered.OrderedMedium;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Opens clients of one server of ordered nodes.
 *
 * @param defect what is wrong with each client's medium
 */
record OrderedMemoryProvider(OrderedServer server, UnaryOperator<OrderedMedium> defect)
    implements LineStoreProvider {

  static final String ADDRESS = "ordered:memory";

  OrderedMemoryProvider(OrderedServer server) {
    this(server, medium -> medium);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("ordered");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    OrderedMedium medium =
        new InMemoryOrderedMedium(server, settings.surroundings(), OrderedFaults.NONE);
    StoreTraits traits =
        new StoreTraits(false, true, Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1));
    return new OrderedLineStore(
        defect.apply(medium), settings.surroundings(), traits, settings.operationTimeout());
  }
}
