package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import org.junit.jupiter.api.Test;

/** Who is told that others want a ticket which may merely be kept. */
class RecallTest {

  private static final LockName NAME = LockName.of("a");

  private final World world = new World(1);
  private final Shelf shelf = new Shelf(world, 1);
  private final Client keeper = new Client(shelf, "keeper");
  private final Client second = new Client(shelf, "second");
  private final Client third = new Client(shelf, "third");

  private static Ask biased(Client client, RequestId request) {
    return Ask.exclusive(client.id(), request, "test", true);
  }

  @Test
  void onlyWhoWaitsDirectlyBehindRecalls() {
    keeper.enter(NAME, biased(keeper, keeper.request())).value();
    RequestId waits = second.request();
    second.enter(NAME, biased(second, waits)).value();
    assertThat(keeper.told).containsExactly("changed a");
    RequestId behind = third.request();
    third.enter(NAME, biased(third, behind)).value();
    third.check(NAME, behind, 0).value();
    assertThat(keeper.told).hasSize(1);
    assertThat(second.told).isEmpty();
    second.check(NAME, waits, 0).value();
    assertThat(keeper.told).hasSize(2);
  }

  @Test
  void aTicketThatIsNotBiasedIsNotRecalled() {
    keeper.take(NAME, keeper.request());
    second.queue(NAME, second.request());
    assertThat(keeper.told).isEmpty();
  }

  @Test
  void nobodyRecallsHimself() {
    keeper.enter(NAME, biased(keeper, keeper.request())).value();
    keeper.enter(NAME, biased(keeper, keeper.request())).value();
    assertThat(keeper.told).isEmpty();
  }
}
