package io.tyer.store.redis;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code redis://}, {@code redis-sentinel://}, {@code redis-cluster://}, and the same with TLS. */
public final class RedisStoreProvider implements LineStoreProvider {

  private static final Logger log = LoggerFactory.getLogger(RedisStoreProvider.class);

  private final UnaryOperator<HostPort> detour;

  /** For {@link java.util.ServiceLoader}. */
  public RedisStoreProvider() {
    this(UnaryOperator.identity());
  }

  /** For tests: every server is reached by way of another address. */
  RedisStoreProvider(UnaryOperator<HostPort> detour) {
    this.detour = detour;
  }

  @Override
  public Set<String> schemes() {
    return RedisAddress.SCHEMES;
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    RedisAddress redis = RedisAddress.of(address);
    ClearText.server(redis)
        .ifPresent(
            server ->
                log.warn(
                    "{}: the password crosses the network to {} in the clear; use TLS (rediss)",
                    redis,
                    server));
    Wiring wiring = new Wiring(redis, settings, detour);
    return new RedisLineStore(redis.shown(), wiring, topology(redis, wiring));
  }

  @Override
  public Diagnosis diagnose(StoreAddress address, Settings settings) {
    try (Wiring wiring = new Wiring(RedisAddress.of(address), settings, detour)) {
      return RedisDiagnosis.of(wiring);
    }
  }

  private static Topology topology(RedisAddress address, Wiring wiring) {
    return switch (address.kind()) {
      case SINGLE ->
          new OneMaster(
              wiring,
              address.shown(),
              () -> CompletableFuture.completedFuture(Master.uncounted(address.servers().get(0))),
              () -> {});
      case SENTINEL ->
          new OneMaster(wiring, address.shown(), new Sentinels(wiring)::master, () -> {});
      case CLUSTER -> new Cluster(wiring, address.shown());
    };
  }
}
