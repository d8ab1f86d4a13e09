package io.tyer.store.memory;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code memory:name}: one store per name and JVM, made when first opened. */
public final class MemoryStoreProvider implements LineStoreProvider {

  private static final ConcurrentHashMap<String, MemoryLineStore> STORES =
      new ConcurrentHashMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public MemoryStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    if (address.location().isEmpty()) {
      throw new IllegalArgumentException(
          "a memory store has a name, as in memory:orders; this one has none: " + address);
    }
    if (!address.options().isEmpty()) {
      throw new IllegalArgumentException(
          "the memory store has no options of its own, so it does not know "
              + address.options().keySet());
    }
    return STORES.computeIfAbsent(
        address.location(),
        name ->
            new MemoryLineStore(
                address.toString(), settings.surroundings(), Duration.ofMillis(500), 0));
  }
}
