package io.tyer.testkit.broken;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.ProcessProof;
import io.tyer.store.record.RecordLineStore;
import io.tyer.store.record.RecordMedium;
import io.tyer.testkit.sample.SampleMedium;
import io.tyer.testkit.sample.SampleStoreProvider;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stores with a {@link Defect}. */
public final class BrokenStoreProvider implements LineStoreProvider {

  private static final Duration LEAST_MARGIN = Duration.ofMillis(200);
  private static final Duration PRACTICALLY_NEVER = Duration.ofHours(1);

  /** For {@link java.util.ServiceLoader}. */
  public BrokenStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Stream.of(Defect.values()).map(Defect::scheme).collect(Collectors.toSet());
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) {
    Defect defect =
        Stream.of(Defect.values())
            .filter(one -> one.scheme().equals(address.scheme()))
            .findFirst()
            .orElseThrow();
    RecordMedium medium = new SampleMedium(SampleStoreProvider.server(address), settings);
    StoreTraits traits = SampleStoreProvider.TRAITS;
    return switch (defect) {
      case NUMBERS_RESTART -> store(new ForgetfulMedium(medium), traits, settings);
      case NO_MARGIN -> store(medium, withoutMargin(traits, settings.ttl()), settings);
      case NO_OWNER_CHECK -> new OwnerlessStore(store(medium, traits, settings));
      case ONLY_HINTS -> store(new LossyMedium(medium), withoutChecks(traits), settings);
    };
  }

  private static LineStore store(RecordMedium medium, StoreTraits traits, Settings settings) {
    return new RecordLineStore(
        medium, settings.surroundings(), traits, settings.operationTimeout(), ProcessProof.none());
  }

  private static StoreTraits withoutMargin(StoreTraits traits, Duration ttl) {
    Duration tenth = ttl.dividedBy(10);
    Duration margin = tenth.compareTo(LEAST_MARGIN) > 0 ? tenth : LEAST_MARGIN;
    return new StoreTraits(
        traits.blocking(),
        traits.tells(),
        margin.negated(),
        traits.firstCheck(),
        traits.lastCheck());
  }

  private static StoreTraits withoutChecks(StoreTraits traits) {
    return new StoreTraits(
        traits.blocking(),
        traits.tells(),
        traits.extraMargin(),
        PRACTICALLY_NEVER,
        PRACTICALLY_NEVER);
  }
}
