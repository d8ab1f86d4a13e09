package io.tyer.store.remote;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code tyer://host:port,host:port,host:port}: Tyer's own lock server. */
public final class RemoteLineStoreProvider implements LineStoreProvider {

  private final UnaryOperator<HostPort> detour;

  /** For {@link java.util.ServiceLoader}. */
  public RemoteLineStoreProvider() {
    this(UnaryOperator.identity());
  }

  /** For tests: every server is reached by way of another address. */
  RemoteLineStoreProvider(UnaryOperator<HostPort> detour) {
    this.detour = detour;
  }

  @Override
  public Set<String> schemes() {
    return RemoteAddress.SCHEMES;
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    return new RemoteLineStore(Links.of(RemoteAddress.of(address), settings, detour));
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    Links links = Links.of(RemoteAddress.of(address), settings, detour);
    try {
      return new RemoteDiagnosis(links).run();
    } finally {
      links.channels().close();
    }
  }
}
