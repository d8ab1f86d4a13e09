package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads on three stores over one medium that fails now and then. */
@Timeout(120)
class ThreadsTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 150;

  private final World world = new World(8);
  private final Shelf shelf = new Shelf(world, 1);
  private final List<LockName> names = List.of(LockName.of("a"), LockName.of("b"));

  /** Who is in, and the last number that was, per name. */
  private final Map<LockName, AtomicLong> inside = new ConcurrentHashMap<>();

  private final Map<LockName, AtomicLong> last = new ConcurrentHashMap<>();

  @Test
  void oneAtATimeInOrderAndNothingIsLost() throws Exception {
    List<Client> clients = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      Client client = new Client(shelf, name);
      client.medium.hook = new NowAndThen();
      clients.add(client);
    }
    for (LockName name : names) {
      inside.put(name, new AtomicLong());
      last.put(name, new AtomicLong());
    }
    ExecutorService threads = Executors.newFixedThreadPool(clients.size() * THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Client client : clients) {
        for (int i = 0; i < THREADS; i++) {
          long seed = i;
          all.add(threads.submit(() -> lockAndUnlock(client, new Random(seed))));
        }
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(shelf.lines()).isEmpty();
  }

  private void lockAndUnlock(Client client, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      LockName name = names.get(random.nextInt(names.size()));
      RequestId request = client.request();
      long number = acquire(client, name, request);
      AtomicLong in = inside.getOrDefault(name, new AtomicLong(-1));
      assertThat(in.compareAndSet(0, number)).as("alone").isTrue();
      assertThat(last.getOrDefault(name, new AtomicLong(-1)).getAndSet(number)).isLessThan(number);
      assertThat(in.compareAndSet(number, 0)).as("still alone").isTrue();
      settled(() -> client.leave(name, request, number));
    }
  }

  private static long acquire(Client client, LockName name, RequestId request) {
    TicketState state = settled(() -> client.enter(name, client.exclusive(request)));
    while (state instanceof TicketState.Waiting waiting) {
      Thread.onSpinWait();
      state = settled(() -> client.check(name, request, waiting.number()));
    }
    assertThat(state).isInstanceOf(TicketState.Granted.class);
    return ((TicketState.Granted) state).number();
  }

  private static <T> T settled(Supplier<Answer<T>> request) {
    while (true) {
      Answer<T> answer = request.get();
      if (!answer.failed()) {
        return answer.value();
      }
      assertThat(answer.failure().kind()).isIn(Kind.UNREACHABLE, Kind.UNKNOWN);
    }
  }

  private static final class NowAndThen implements HookedMedium.Hook {
    @Override
    public void before(HookedMedium.Call call, RecordKey key) throws StoreException {
      int dice = ThreadLocalRandom.current().nextInt(200);
      if (dice == 0) {
        throw HookedMedium.unreachable();
      }
      if (dice == 1 && call == HookedMedium.Call.REPLACE) {
        throw HookedMedium.unknown();
      }
      if (dice < 10) {
        LockSupport.parkNanos(1000);
      }
    }

    @Override
    public void after(HookedMedium.Call call, RecordKey key) throws StoreException {
      if (call == HookedMedium.Call.REPLACE && ThreadLocalRandom.current().nextInt(100) == 0) {
        throw HookedMedium.unknown();
      }
    }
  }
}
