package io.tyer.testkit.ordered;

import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.LocalSeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.server.Contents;
import java.util.Locale;
import java.util.Optional;

/** The ordered adapter over a server in memory. */
final class OrderedUnderTest implements StoreUnderTest {

  private final OrderedFlavour flavour;
  private final SystemSurroundings machine = new SystemSurroundings(null);
  private final OrderedServer server;

  OrderedUnderTest(OrderedFlavour flavour) {
    this.flavour = flavour;
    this.server = new OrderedServer(machine, flavour);
  }

  @Override
  public String kind() {
    return "ordered-" + flavour.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Seat seat() {
    return new LocalSeat(OrderedMemoryProvider.ADDRESS, new OrderedMemoryProvider(server));
  }

  @Override
  public Contents look() {
    return new Contents(server.tickets(), server.sessions());
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return switch (feature) {
      case RESTART -> Optional.of("a server in memory ends with its JVM");
      case REMOVE_LINE -> Optional.of("nobody but its clients reaches into a server in memory");
      case WEEK, TELLS, ONE_SESSION, ONE_CONNECTION -> Optional.empty();
    };
  }

  @Override
  public void close() {
    machine.close();
  }
}
