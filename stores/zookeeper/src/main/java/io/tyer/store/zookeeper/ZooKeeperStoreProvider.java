package io.tyer.store.zookeeper;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.ordered.OrderedLineStore;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code zookeeper://host:port,host:port,host:port/path}. */
public final class ZooKeeperStoreProvider implements LineStoreProvider {

  private static final Logger log = LoggerFactory.getLogger(ZooKeeperStoreProvider.class);

  private static final Duration FIRST_CHECK = Duration.ofMillis(500);
  private static final Duration LAST_CHECK = Duration.ofSeconds(5);

  /** For {@link java.util.ServiceLoader}. */
  public ZooKeeperStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return ZooKeeperAddress.SCHEMES;
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    ZooKeeperAddress zookeeper = ZooKeeperAddress.of(address);
    ClearText.server(zookeeper)
        .ifPresent(
            server ->
                log.warn(
                    "{}: the password crosses the network to {} in the clear; use TLS (tls=true)",
                    zookeeper,
                    server));
    return new OrderedLineStore(
        new ZooKeeperMedium(zookeeper, settings),
        settings.surroundings(),
        // The leader's pings, by which it hears of sessions, may be as late as that.
        new StoreTraits(false, true, zookeeper.tick(), FIRST_CHECK, LAST_CHECK),
        settings.operationTimeout());
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    return new ZooKeeperDiagnosis(ZooKeeperAddress.of(address), settings).run();
  }
}
