package io.tyer.store.etcd;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.network.HostPort;
import io.tyer.store.ordered.OrderedLineStore;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code etcd://host:port,host2,host3/path}: lines kept in etcd. */
public final class EtcdStoreProvider implements LineStoreProvider {

  private static final StoreTraits TRAITS =
      new StoreTraits(false, true, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final UnaryOperator<HostPort> detour;

  /** For {@link java.util.ServiceLoader}. */
  public EtcdStoreProvider() {
    this(UnaryOperator.identity());
  }

  /** For tests: every member is reached by way of another address. */
  EtcdStoreProvider(UnaryOperator<HostPort> detour) {
    this.detour = detour;
  }

  @Override
  public Set<String> schemes() {
    return EtcdAddress.SCHEMES;
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    return new OrderedLineStore(
        new EtcdMedium(Calls.of(EtcdAddress.of(address), settings, detour)),
        settings.surroundings(),
        TRAITS,
        settings.operationTimeout());
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    try (Calls calls = Calls.of(EtcdAddress.of(address), settings, detour)) {
      return new EtcdDiagnosis(calls).run();
    }
  }
}
