package io.tyer.store.redis;

import static io.tyer.testkit.contract.Asked.answer;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The store without an engine, asked one thing after the other. */
final class BareStore implements AutoCloseable {

  static final Duration TTL = Duration.ofSeconds(30);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final LineStore store;
  private final AtomicInteger gaps = new AtomicInteger();

  BareStore(String address) throws Exception {
    this(address, TTL);
  }

  BareStore(String address, Duration ttl) throws Exception {
    store =
        new RedisStoreProvider()
            .open(
                StoreAddress.parse(address),
                new Settings(surroundings, ttl, Duration.ofSeconds(10), Duration.ofSeconds(10)));
  }

  LineStore store() {
    return store;
  }

  /** How often messages may have been lost. */
  int gaps() {
    return gaps.get();
  }

  Session open() throws Exception {
    return open(TTL);
  }

  Session open(Duration ttl) throws Exception {
    SessionEvents events =
        new SessionEvents() {
          @Override
          public void granted(LockName name, RequestId request, long number) {}

          @Override
          public void changed(LockName name) {}

          @Override
          public void changedAnywhere() {
            gaps.incrementAndGet();
          }

          @Override
          public void ended(String why) {}
        };
    SessionRequest request =
        new SessionRequest(SessionSecret.random(surroundings), ttl, "bare", Bearers.none());
    return new Session(answer(reply -> store.open(request, events, reply)), surroundings);
  }

  /** An open session. */
  record Session(StoreSession spi, SystemSurroundings surroundings) {

    /** A ticket that was taken. */
    record Taken(LockName name, RequestId request, TicketState state) {
      long number() {
        return state instanceof TicketState.Granted granted
            ? granted.number()
            : ((TicketState.Waiting) state).number();
      }
    }

    RequestId request() {
      return new RequestId(surroundings.nextLong(), surroundings.nextLong());
    }

    Taken enter(String name) throws Exception {
      return enter(name, true);
    }

    Taken enter(String name, boolean exclusive) throws Exception {
      RequestId request = request();
      Ask ask =
          exclusive
              ? Ask.exclusive(spi.id(), request, "bare", false)
              : Ask.shared(spi.id(), request, "bare", 1, 5, false);
      LockName lock = LockName.of(name);
      return new Taken(lock, request, answer(reply -> spi.enter(lock, ask, false, reply)));
    }

    boolean leave(Taken taken) throws Exception {
      return answer(reply -> spi.leave(taken.name(), taken.request(), taken.number(), reply));
    }

    TicketState weaken(Taken taken) throws Exception {
      return answer(
          reply -> spi.weaken(taken.name(), taken.request(), taken.number(), 1, 5, reply));
    }

    TicketState check(Taken taken) throws Exception {
      return answer(reply -> spi.check(taken.name(), taken.request(), taken.number(), reply));
    }

    BeatAnswer beat() throws Exception {
      return answer(reply -> spi.beat(Bearers.none(), reply));
    }

    boolean end() throws Exception {
      return answer(spi::end);
    }

    /** A number of a line that is empty again when this returns. */
    long number(String name) throws Exception {
      Taken taken = enter(name);
      boolean unused = leave(taken);
      return taken.number();
    }
  }

  /** Lets time pass. */
  static void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  @Override
  public void close() {
    store.close();
    surroundings.close();
  }
}
