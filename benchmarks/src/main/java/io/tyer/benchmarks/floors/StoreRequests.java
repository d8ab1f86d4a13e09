package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Floor: what Tyer asks its store for, without the engine: a ticket is taken and given back, under
 * a session that nobody renews. What lies above it is the engine's cost, and what lies below it the
 * store's.
 */
public final class StoreRequests implements Subject {

  /** Longer than any run. */
  private static final Duration TTL = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Address address;
  private final String scheme;

  /**
   * Requests to a store.
   *
   * @param scheme what Tyer's address of it begins with
   */
  public StoreRequests(Address address, String scheme) {
    this.address = address;
    this.scheme = scheme;
  }

  private static final class Answer<T> extends CompletableFuture<T> implements Reply<T> {

    @Override
    public void done(T value) {
      complete(value);
    }

    @Override
    public void failed(StoreException failure) {
      completeExceptionally(failure);
    }

    T await() throws InterruptedException, IOException {
      try {
        return get();
      } catch (ExecutionException e) {
        throw new IOException("the store does not answer as it should", e);
      }
    }
  }

  private record RequestMutex(RequestClient client, LockName name) implements Mutex {

    @Override
    public Held acquire() throws Exception {
      RequestId request = client.request();
      Ask ask = Ask.exclusive(client.session.id(), request, "benchmark", false);
      Answer<TicketState> answer = new Answer<>();
      client.session.enter(name, ask, true, answer);
      if (answer.await() instanceof TicketState.Granted granted) {
        return new RequestHeld(client, name, request, granted.number());
      }
      throw new IOException("somebody else has the lock " + name);
    }

    /** What comes of the leave is seen by the next enter. */
    @Override
    public void pairAsync() throws Exception {
      RequestHeld held = (RequestHeld) acquire();
      client.session.leaveUnawaited(held.name, held.request, held.number, new Answer<>());
    }
  }

  private record RequestHeld(RequestClient client, LockName name, RequestId request, long number)
      implements Mutex.Held {

    @Override
    public void release() throws Exception {
      Answer<Boolean> answer = new Answer<>();
      client.session.leave(name, request, number, answer);
      if (!answer.await()) {
        throw new IOException("somebody else has the lock " + name);
      }
    }
  }

  private static final class RequestClient implements Client {

    private final SystemSurroundings surroundings = new SystemSurroundings(null);
    private final LineStore store;
    private final StoreSession session;

    RequestClient(String scheme, StoreAddress address) throws Exception {
      this.store =
          provider(scheme)
              .open(address, new LineStoreProvider.Settings(surroundings, TTL, PATIENCE, PATIENCE));
      Answer<StoreSession> opened = new Answer<>();
      store.open(
          new SessionRequest(SessionSecret.random(surroundings), TTL, "benchmark", Bearers.none()),
          SessionEvents.none(),
          opened);
      this.session = opened.await();
    }

    private static LineStoreProvider provider(String scheme) {
      return ServiceLoader.load(LineStoreProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(provider -> provider.schemes().contains(scheme))
          .findFirst()
          .orElseThrow();
    }

    RequestId request() {
      return new RequestId(surroundings.nextLong(), surroundings.nextLong());
    }

    @Override
    public Mutex mutex(String name) {
      return new RequestMutex(this, LockName.of(name));
    }

    @Override
    public void close() {
      Answer<Boolean> ended = new Answer<>();
      session.end(ended);
      boolean unused = ended.join();
      store.close();
      surroundings.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.RELEASES_ASYNC);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws Exception {
    Address asTyers = new Address(scheme, address.location(), address.query());
    return new RequestClient(scheme, StoreAddress.parse(asTyers.uri()));
  }
}
