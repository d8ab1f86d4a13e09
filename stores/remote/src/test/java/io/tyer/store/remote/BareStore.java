package io.tyer.store.remote;

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
import io.tyer.testkit.contract.Asked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The store without an engine. */
final class BareStore implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LineStore store;

  /** Of servers in plain text. */
  BareStore(Duration operationTimeout, FakeServer... servers) throws Exception {
    this(
        "tyer://"
            + String.join(",", List.of(servers).stream().map(FakeServer::at).toList())
            + "?plaintext=true",
        operationTimeout);
  }

  BareStore(String address, Duration operationTimeout) throws Exception {
    store =
        new RemoteLineStoreProvider()
            .open(
                StoreAddress.parse(address),
                new Settings(
                    surroundings,
                    Duration.ofSeconds(30),
                    operationTimeout,
                    Duration.ofSeconds(10)));
  }

  LineStore store() {
    return store;
  }

  /** What the session was told, such as {@code granted a}. */
  List<String> events() {
    return events;
  }

  Session open() throws Exception {
    return new Session(Asked.get(opening()));
  }

  CompletableFuture<StoreSession> opening() {
    SessionRequest request =
        new SessionRequest(
            SessionSecret.random(surroundings), Duration.ofSeconds(30), "bare", Bearers.none());
    return Asked.begin(reply -> store.open(request, new Heard(), reply));
  }

  /** An open session. */
  final class Session {
    private final StoreSession spi;

    Session(StoreSession spi) {
      this.spi = spi;
    }

    StoreSession spi() {
      return spi;
    }

    RequestId newRequest() {
      return new RequestId(surroundings.nextLong(), surroundings.nextLong());
    }

    CompletableFuture<TicketState> enter(String name) {
      return enter(name, newRequest());
    }

    CompletableFuture<TicketState> enter(String name, RequestId request) {
      Ask ask = Ask.exclusive(spi.id(), request, "bare", false);
      return Asked.begin(reply -> spi.enter(LockName.of(name), ask, false, reply));
    }

    CompletableFuture<Boolean> leave(String name, RequestId request) {
      return Asked.begin(reply -> spi.leave(LockName.of(name), request, 0, reply));
    }

    CompletableFuture<BeatAnswer> beat() {
      return Asked.begin(reply -> spi.beat(Bearers.none(), reply));
    }

    CompletableFuture<Boolean> end() {
      return Asked.begin(spi::end);
    }
  }

  private final class Heard implements SessionEvents {
    @Override
    public void granted(LockName name, RequestId request, long number) {
      events.add("granted " + name + " " + number);
    }

    @Override
    public void changed(LockName name) {
      events.add("changed " + name);
    }

    @Override
    public void recalled(LockName name) {
      events.add("recalled " + name);
    }

    @Override
    public void changedAnywhere() {
      events.add("changed anywhere");
    }

    @Override
    public void ended(String why) {
      events.add("ended " + why);
    }
  }

  @Override
  public void close() {
    store.close();
    surroundings.close();
  }
}
