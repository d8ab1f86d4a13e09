package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedReadWriteLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who comes first is served first. */
public abstract class OrderContract extends ContractTest {

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
  void clientsAreGrantedInTheOrderTheyCame() throws Exception {
    String name = name("fifo");
    Tyer first = client();
    Lease held = first.lock(name).acquire();
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      turns.add(turn("client " + i, client().lock(name).acquireAsync()));
      awaitLine(first, name, i + 1);
    }
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    assertThat(order)
        .containsExactly("client 1", "client 2", "client 3", "client 4", "client 5", "client 6");
  }

  @Test
  @Shows(S4)
  void threadsOfOneClientAreGrantedInTheOrderTheyCame() throws Exception {
    String name = name("threads");
    Tyer tyer = client();
    Lease held = tyer.lock(name).acquire();
    List<Callers.Calling<Boolean>> callings = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String who = "thread " + i;
      Callers.Calling<Boolean> calling =
          call(
              () -> {
                try (Lease lease = tyer.lock(name).acquire()) {
                  return order.add(who) && lease.isValid();
                }
              });
      callings.add(calling);
      Await.until(who + " waits", calling::isBlocked);
    }
    held.close();
    for (Callers.Calling<Boolean> calling : callings) {
      assertThat(get(calling.outcome)).isTrue();
    }
    assertThat(order).containsExactly("thread 1", "thread 2", "thread 3", "thread 4", "thread 5");
  }

  @Test
  @Shows(S4)
  void aTryDoesNotOvertakeABiggerRequestThatWaits() throws Exception {
    String name = name("semaphore");
    Tyer one = client();
    Tyer two = client();
    Tyer three = client();
    Lease held = one.semaphore(name, 3).taking(2).acquire();
    CompletableFuture<Lease> bigger = two.semaphore(name, 3).taking(2).acquireAsync();
    awaitLine(one, name, 2);
    assertThat(three.semaphore(name, 3).tryAcquire().asOptional())
        .as("one permit is free")
        .isEmpty();
    assertThat(one.semaphore(name, 3).tryAcquire().asOptional()).isEmpty();
    assertThat(two.semaphore(name, 3).tryAcquire().asOptional()).isEmpty();
    assertThat(inLine(one, name)).as("a try leaves no ticket").isEqualTo(2);
    held.close();
    get(bigger).close();
    three.semaphore(name, 3).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(S4)
  void aTryToReadDoesNotOvertakeAWaitingWriter() throws Exception {
    String name = name("rw");
    Tyer one = client();
    Tyer two = client();
    Lease read = one.readWriteLock(name).readLock().acquire();
    CompletableFuture<Lease> write = two.readWriteLock(name).writeLock().acquireAsync();
    awaitLine(one, name, 2);
    assertThat(client().readWriteLock(name).readLock().tryAcquire().asOptional()).isEmpty();
    assertThat(two.readWriteLock(name).readLock().tryAcquire().asOptional()).isEmpty();
    read.close();
    get(write).close();
  }

  @Test
  @Shows(S4)
  void aTryToReadByAClientThatReadsDoesNotOvertakeAWaitingWriter() throws Exception {
    String name = name("reading");
    // So that its readers would share a ticket for as long as the test takes.
    Tyer one = open(seat().client().ttl(LONG).batons(2000).batonTime(LONG));
    DistributedReadWriteLock rw = one.readWriteLock(name);
    Lease read = rw.readLock().acquire();
    Lease also = rw.readLock().tryAcquire().orElseThrow();
    int readers = inLine(one, name);
    CompletableFuture<Lease> write = client().readWriteLock(name).writeLock().acquireAsync();
    awaitLine(one, name, readers + 1);
    assertThat(rw.readLock().tryAcquire().asOptional()).isEmpty();
    assertThat(get(rw.readLock().tryAcquireAsync()).asOptional()).isEmpty();
    assertThat(inLine(one, name)).as("a try leaves no ticket").isEqualTo(readers + 1);
    read.close();
    also.close();
    get(write).close();
    rw.readLock().tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(S4)
  void triesToReadAreNotInEachOthersWay() throws Exception {
    DistributedReadWriteLock rw = client().readWriteLock(name("together"));
    List<CompletableFuture<OptionalLease>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tries.add(rw.readLock().tryAcquireAsync());
    }
    List<Lease> read = new ArrayList<>();
    for (CompletableFuture<OptionalLease> one : tries) {
      read.add(get(one).orElseThrow());
    }
    assertThat(read).allMatch(Lease::isValid);
    read.forEach(Lease::close);
  }

  @Test
  @Shows(S4)
  void aTimedTryStandsInLineBehindThoseWhoCameBefore() throws Exception {
    String name = name("timed");
    Tyer one = client();
    Tyer three = client();
    Lease held = one.semaphore(name, 3).taking(2).acquire();
    CompletableFuture<Lease> bigger = client().semaphore(name, 3).taking(3).acquireAsync();
    awaitLine(one, name, 2);
    assertThat(three.semaphore(name, 3).tryAcquire(Duration.ofMillis(500)).asOptional())
        .as("one permit is free all the time")
        .isEmpty();
    var timed = three.semaphore(name, 3).tryAcquireAsync(LONG);
    awaitLine(one, name, 3);
    held.close();
    Lease all = get(bigger);
    Await.pause(Duration.ofMillis(50));
    assertThat(timed).isNotDone();
    all.close();
    get(timed).orElseThrow().close();
  }

  @Test
  @Shows(S4)
  void whoGivesUpFirstInLineLeavesTheOthersInOrder() throws Exception {
    assertThat(orderWithout(1)).containsExactly("client 2", "client 3", "client 4");
  }

  @Test
  @Shows(S4)
  void whoGivesUpInTheMiddleLeavesTheOthersInOrder() throws Exception {
    assertThat(orderWithout(3)).containsExactly("client 1", "client 2", "client 4");
  }

  @Test
  @Shows(S4)
  void whoGivesUpLastLeavesTheOthersInOrder() throws Exception {
    assertThat(orderWithout(4)).containsExactly("client 1", "client 2", "client 3");
  }

  private List<String> orderWithout(int who) throws Exception {
    String name = name("without");
    Tyer first = client();
    Lease held = first.lock(name).acquire();
    List<CompletableFuture<Lease>> waits = new ArrayList<>();
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      CompletableFuture<Lease> wait = client().lock(name).acquireAsync();
      waits.add(wait);
      CompletableFuture<Void> turn = turn("client " + i, wait);
      if (i != who) {
        turns.add(turn);
      }
      awaitLine(first, name, i + 1);
    }
    assertThat(waits.get(who - 1).cancel(false)).isTrue();
    awaitLine(first, name, 4);
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    return order;
  }

  @Test
  @Shows(S4)
  void kindsMixedInOneLineAreGrantedInOrder() throws Exception {
    String name = name("mixed");
    Tyer one = client();
    DistributedReadWriteLock rw = client().readWriteLock(name);
    Lease held = one.lock(name).acquire();
    CompletableFuture<Lease> read = rw.readLock().acquireAsync();
    awaitLine(one, name, 2);
    CompletableFuture<Lease> permit = client().semaphore(name, 2).acquireAsync();
    awaitLine(one, name, 3);
    CompletableFuture<Lease> write = client().readWriteLock(name).writeLock().acquireAsync();
    awaitLine(one, name, 4);
    CompletableFuture<Lease> lateRead = client().readWriteLock(name).readLock().acquireAsync();
    awaitLine(one, name, 5);
    CompletableFuture<Lease> mutex = client().lock(name).acquireAsync();
    awaitLine(one, name, 6);
    held.close();
    Lease reading = get(read);
    Lease permitted = get(permit);
    assertThat(reading.isValid() && permitted.isValid()).as("beside each other").isTrue();
    Await.pause(Duration.ofMillis(50));
    assertThat(write.isDone() || lateRead.isDone() || mutex.isDone()).isFalse();
    reading.close();
    permitted.close();
    Lease writing = get(write);
    Await.pause(Duration.ofMillis(50));
    assertThat(lateRead.isDone() || mutex.isDone()).isFalse();
    writing.close();
    get(lateRead).close();
    get(mutex).close();
  }

  @Test
  @Shows(S4)
  void batonsServeLocalWaitersInOrderAndEndAfterTheirNumber() throws Exception {
    assertThat(orderWithBatons("3", "30s"))
        .containsExactly("local 1", "local 2", "local 3", "other", "local 4", "local 5");
  }

  @Test
  @Shows(S4)
  void batonsEndAfterTheirTime() throws Exception {
    assertThat(orderWithBatons("2000", "50ms"))
        .containsExactly("other", "local 1", "local 2", "local 3", "local 4", "local 5");
  }

  @Test
  @Shows(S4)
  void withoutBatonsEveryTurnGoesThroughTheLine() throws Exception {
    assertThat(orderWithBatons("0", "30s"))
        .containsExactly("other", "local 1", "local 2", "local 3", "local 4", "local 5");
  }

  /** One client holds for 100 ms and has five more callers; another client waits all the time. */
  private List<String> orderWithBatons(String batons, String time) throws Exception {
    String name = name("batons");
    Tyer one =
        open(
            seat()
                .client()
                .ttl(LONG)
                .option(TyerOption.BATONS, batons)
                .option(TyerOption.BATON_TIME, time));
    Lease held = one.lock(name).acquire();
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      turns.add(turn("local " + i, one.lock(name).acquireAsync()));
    }
    turns.add(turn("other", client().lock(name).acquireAsync()));
    awaitLine(one, name, 2);
    Await.pause(Duration.ofMillis(100));
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    return order;
  }
}
