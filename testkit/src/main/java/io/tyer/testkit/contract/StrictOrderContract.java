package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedReadWriteLock;
import io.tyer.Lease;
import io.tyer.Order;
import io.tyer.Tyer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Under strict order every caller has a place of its own in line. */
public abstract class StrictOrderContract extends ContractTest {

  private final List<String> order = new CopyOnWriteArrayList<>();

  /** Notes whose turn it is, and ends the turn. */
  private CompletableFuture<Void> turn(String who, CompletableFuture<Lease> wait) {
    return wait.thenAccept(
        lease -> {
          order.add(who);
          lease.close();
        });
  }

  @Test
  @Shows(S4)
  void otherwiseClientsAreServedInTurnEachWithSomeOfItsCallers() throws Exception {
    assertThat(orderOfTwoClients(Order.CLIENTS))
        .containsExactly("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4");
  }

  @Test
  @Shows(S4)
  void callersAreServedAsTheyCameWhateverClientTheyAreOf() throws Exception {
    assertThat(orderOfTwoClients(Order.STRICT))
        .containsExactly("A1", "B1", "A2", "B2", "A3", "B3", "A4", "B4");
  }

  /** One client holds; its callers and those of another one come by turns. */
  private List<String> orderOfTwoClients(Order kind) throws Exception {
    String name = name("clients");
    Tyer one = open(seat().client().ttl(LONG).order(kind).batonTime(LONG));
    Tyer two = open(seat().client().ttl(LONG).order(kind).batonTime(LONG));
    Lease held = one.lock(name).acquire();
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      turns.add(turn("A" + i, one.lock(name).acquireAsync()));
      awaitLine(one, name, kind == Order.STRICT ? 2 * i : i == 1 ? 1 : 2);
      turns.add(turn("B" + i, two.lock(name).acquireAsync()));
      awaitLine(one, name, kind == Order.STRICT ? 2 * i + 1 : 2);
    }
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    return order;
  }

  @Test
  @Shows(S4)
  void nothingIsSharedAndNothingKept() throws Exception {
    String name = name("strict");
    Tyer one = open(seat().client().ttl(LONG).order(Order.STRICT));
    Tyer two = client();
    DistributedReadWriteLock rw = one.readWriteLock(name);
    Lease first = rw.readLock().acquire();
    Lease second = rw.readLock().acquire();
    assertThat(inLine(one, name)).isEqualTo(2);
    CompletableFuture<Lease> write = two.readWriteLock(name).writeLock().acquireAsync();
    awaitLine(one, name, 3);
    CompletableFuture<Lease> third = rw.readLock().acquireAsync();
    awaitLine(one, name, 4);
    assertThat(rw.readLock().tryAcquire().asOptional()).isEmpty();
    first.close();
    second.close();
    Lease written = get(write);
    assertThat(third).isNotDone();
    written.close();
    get(third).close();
    one.lock(name).biased(true).acquire().close();
    assertThat(inLine(one, name)).as("kept").isZero();
  }

  @Test
  @Shows(S4)
  void aCallerWhoGivesUpLeavesTheOthersInOrder() throws Exception {
    String name = name("gives up");
    Tyer one = open(seat().client().ttl(LONG).order(Order.STRICT));
    Lease held = client().lock(name).acquire();
    List<CompletableFuture<Lease>> waits = new ArrayList<>();
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      CompletableFuture<Lease> wait = one.lock(name).acquireAsync();
      waits.add(wait);
      CompletableFuture<Void> turn = turn("caller " + i, wait);
      if (i != 2) {
        turns.add(turn);
      }
      awaitLine(one, name, i + 1);
    }
    assertThat(waits.get(1).cancel(false)).isTrue();
    awaitLine(one, name, 3);
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    assertThat(order).containsExactly("caller 1", "caller 3");
  }
}
