package io.tyer.testkit.contract;

import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreException;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.host.Await;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of the store itself, without an engine: it may ask what no engine would. Every request
 * is answered before the next one is made; its sessions do not beat.
 */
final class BareClient implements Closeable {

  private static final Duration TTL = ContractTest.LONG;

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final List<BareSession> sessions = new ArrayList<>();
  private final LineStore store;

  BareClient(Seat seat) throws StoreException {
    Duration timeout = Duration.ofSeconds(20);
    this.store =
        seat.lineStore(
            new LineStoreProvider.Settings(surroundings, TTL, timeout, Duration.ofSeconds(5)));
  }

  SessionSecret newSecret() {
    return SessionSecret.random(surroundings);
  }

  RequestId newRequest() {
    return new RequestId(surroundings.nextLong(), surroundings.nextLong());
  }

  BareSession open() throws Exception {
    return open(newSecret());
  }

  BareSession open(SessionSecret secret) throws Exception {
    SessionRequest request = new SessionRequest(secret, TTL, "bare client", Bearers.self());
    BareSession session =
        new BareSession(
            this, Asked.answer(reply -> store.open(request, SessionEvents.none(), reply)));
    sessions.add(session);
    return session;
  }

  /** Whether a request may block its thread, which interrupts then cannot free. */
  boolean blocks() {
    return store.traits().blocking();
  }

  List<LineView> list(String prefix) throws Exception {
    return Asked.answer(reply -> store.list(prefix, reply));
  }

  @Override
  public void close() {
    try {
      sessions.forEach(BareClient::end);
    } finally {
      store.close();
      surroundings.close();
    }
  }

  /** An end that fails leaves the session to its TTL; one without an answer is a defect. */
  private static void end(BareSession session) {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    session.store.end(
        new Reply<>() {
          @Override
          public void done(Boolean value) {
            ended.complete(value);
          }

          @Override
          public void failed(StoreException failure) {
            ended.complete(false);
          }
        });
    boolean unused = ended.orTimeout(Await.LONG.toSeconds(), TimeUnit.SECONDS).join();
  }
}
