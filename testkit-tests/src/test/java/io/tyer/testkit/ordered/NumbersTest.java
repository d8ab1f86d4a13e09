package io.tyer.testkit.ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.line.Ticket;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.LocalSeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.host.Await;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the server's numbers come to their end. */
@Timeout(120)
class NumbersTest {

  /** The lower bits of a token count the leases under one ticket. */
  private static final int COUNTED_BITS = 12;

  @ParameterizedTest
  @EnumSource
  void whatATokenCannotHoldIsRefusedInWordsAndNothingStays(OrderedFlavour flavour)
      throws Exception {
    try (SystemSurroundings machine = new SystemSurroundings(null)) {
      OrderedServer server = new OrderedServer(machine, flavour);
      server.countFrom(Ticket.MAX_NUMBER - 1);
      try (Seat seat =
              new LocalSeat(OrderedMemoryProvider.ADDRESS, new OrderedMemoryProvider(server));
          Tyer tyer = seat.client().open()) {
        try (Lease last = tyer.lock("a").acquire()) {
          assertThat(last.token() >>> COUNTED_BITS).isEqualTo(Ticket.MAX_NUMBER);
        }
        assertThatThrownBy(() -> tyer.lock("b").acquire())
            .isInstanceOf(StoreRefusedException.class)
            .hasMessageContaining("numbers have come to their end");
        assertThatThrownBy(() -> tyer.lock("c").tryAcquire())
            .isInstanceOf(StoreRefusedException.class);
        Await.until("nothing stays", () -> server.tickets().isEmpty());
      }
    }
  }
}
