package io.tyer.testkit.sample;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.ProcessProof;
import io.tyer.store.record.RecordLineStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stores on a {@link SampleServer}: {@code sample://host:port}.
 *
 * <p>Option: {@code proof}. With {@code proof=none}, the default, sessions die of missing beats
 * alone, as on several hosts, though tests run on one. With {@code proof=host}, clients of one host
 * judge beats by its clock, and see at once that a process is gone.
 */
public final class SampleStoreProvider implements LineStoreProvider {

  /** What a sound store tells the engine. */
  public static final StoreTraits TRAITS =
      new StoreTraits(true, true, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(500));

  private static final String PROOF = "proof";

  /** For {@link java.util.ServiceLoader}. */
  public SampleStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("sample");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    return new RecordLineStore(
        new SampleMedium(server(address), settings),
        settings.surroundings(),
        TRAITS,
        settings.operationTimeout(),
        proof(address));
  }

  /** Where the server of this address is. */
  public static InetSocketAddress server(StoreAddress address) {
    String location = address.location();
    int colon = location.lastIndexOf(':');
    if (!location.startsWith("//") || colon <= 2) {
      throw new IllegalArgumentException(
          "a sample store's address reads sample://host:port, not " + address);
    }
    try {
      return InetSocketAddress.createUnresolved(
          location.substring(2, colon), Integer.parseInt(location.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not the port of a sample store: " + address, e);
    }
  }

  private static ProcessProof proof(StoreAddress address) {
    Set<String> unknown = new TreeSet<>(address.options().keySet());
    unknown.remove(PROOF);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "a sample store knows the option " + PROOF + ", and not " + String.join(", ", unknown));
    }
    String proof = address.options().getOrDefault(PROOF, "none");
    return switch (proof) {
      case "none" -> ProcessProof.none();
      case "host" -> ProcessProof.ofThisHost();
      default -> throw new IllegalArgumentException(PROOF + " is none or host, not " + proof);
    };
  }
}
