package io.tyer.store.remote;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import java.util.Set;

/** {@code tyer://host:port,host:port,host:port}: Tyer's own lock server. */
public final class RemoteLineStoreProvider implements LineStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RemoteLineStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return RemoteAddress.SCHEMES;
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    return new RemoteLineStore(Links.of(RemoteAddress.of(address), settings));
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    Links links = Links.of(RemoteAddress.of(address), settings);
    try {
      return new RemoteDiagnosis(links).run();
    } finally {
      links.channels().close();
    }
  }
}
