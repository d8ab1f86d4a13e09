package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a store of a {@link RecordMedium}: lines, sessions and the high-water mark of numbers are
 * records, and whatever happens to one is a decision of {@link io.tyer.line.Line} that is written
 * by compare-and-set.
 *
 * <p>Requests run on the thread that makes them, block it while the medium works, and reply on it
 * with no lock held; checks may be made together with others, by one of their threads, where the
 * medium {@linkplain RecordMedium#readsTogether reads so}. They ignore interrupts. Each tries until
 * its time is over when others keep changing the same record; what it then answers is {@code
 * UNREACHABLE}, never <em>busy</em>. A request whose outcome is unknown is settled by reading
 * again, or else answered as {@code UNKNOWN}.
 */
public final class RecordLineStore implements LineStore {

  private static final Logger LOG = LoggerFactory.getLogger(RecordLineStore.class);

  private final Supplier<StoreTraits> traits;
  private final StoreParts parts;
  private final Polls polls;

  /**
   * A store of this medium, with what can be proved about the processes of this host.
   *
   * @param medium where the records are; closed with the store
   * @param traits what the engine is told, with {@code blocking} set
   * @param operationTimeout how long one request tries
   * @throws IllegalArgumentException if the traits say that requests do not block
   */
  public RecordLineStore(
      RecordMedium medium,
      Surroundings surroundings,
      StoreTraits traits,
      Duration operationTimeout) {
    this(medium, surroundings, () -> traits, operationTimeout);
  }

  /**
   * The same, where it is found out later whether sessions are told.
   *
   * @param traits what the engine is told, each time it asks; always with {@code blocking} set
   */
  public RecordLineStore(
      RecordMedium medium,
      Surroundings surroundings,
      Supplier<StoreTraits> traits,
      Duration operationTimeout) {
    this(medium, surroundings, traits, operationTimeout, ProcessProof.ofThisHost());
  }

  /**
   * A store of this medium.
   *
   * @param medium where the records are; closed with the store
   * @param traits what the engine is told, with {@code blocking} set
   * @param operationTimeout how long one request tries
   * @param proof what can be proved about processes
   * @throws IllegalArgumentException if the traits say that requests do not block
   */
  public RecordLineStore(
      RecordMedium medium,
      Surroundings surroundings,
      StoreTraits traits,
      Duration operationTimeout,
      ProcessProof proof) {
    this(medium, surroundings, () -> traits, operationTimeout, proof);
  }

  private RecordLineStore(
      RecordMedium medium,
      Surroundings surroundings,
      Supplier<StoreTraits> traits,
      Duration operationTimeout,
      ProcessProof proof) {
    if (!traits.get().blocking()) {
      throw new IllegalArgumentException("requests to a store of records block their thread");
    }
    this.traits = traits;
    Requests requests = new Requests(medium.description(), operationTimeout, surroundings);
    this.parts = StoreParts.of(medium, surroundings, requests, proof);
    this.polls = new Polls(parts, operationTimeout);
  }

  @Override
  public String description() {
    return parts.medium().description();
  }

  @Override
  public StoreTraits traits() {
    return traits.get();
  }

  /**
   * Opens a session: writes its record, then listens for hints. Fails as {@code UNREACHABLE} if
   * there is no record, {@code UNKNOWN} if there may be one, which then dies of missing beats;
   * {@code REFUSED} as the medium says.
   */
  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    parts.requests().run(reply, deadline -> open(request, events, deadline));
  }

  private StoreSession open(SessionRequest request, SessionEvents events, Deadline deadline)
      throws StoreException {
    SessionId id = request.secret().publicId();
    SessionState state =
        new SessionState(
            false,
            request.ttl().toMillis(),
            Ask.clipOwner(request.owner()),
            0,
            parts.surroundings().nanoTime(),
            parts.surroundings().wallMillis(),
            0,
            parts.processes().clock(),
            parts.processes().table(),
            parts.processes().bearers(request.bearers()));
    RecordSession session =
        new RecordSession(parts, polls, id, events, parts.sessions().open(id, state, deadline));
    parts.waking().opened(session);
    try {
      session.listen();
    } catch (StoreException e) {
      session.forget();
      withdraw(id, deadline);
      throw e;
    }
    return session;
  }

  private void withdraw(SessionId id, Deadline deadline) {
    try {
      parts.sessions().end(id, deadline);
      parts.sessions().remove(id);
    } catch (StoreException e) {
      LOG.debug("session {} was not opened, and is left to die of missing beats", id, e);
    }
  }

  /**
   * Lists lines, without tickets of sessions of which the death was decided. Fails as {@code
   * UNREACHABLE} if the medium does or is too slow, and as {@code REFUSED} if a record cannot be
   * read by this release.
   */
  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    parts.requests().run(reply, deadline -> new Listing(parts).list(prefix, deadline));
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    parts.requests().run(reply, deadline -> new Listing(parts).view(name));
  }

  /**
   * Revokes tickets; counts those that are marked, also if they were before. Fails as {@code
   * UNREACHABLE} if nothing was done, and as {@code UNKNOWN} if something may have been or a holder
   * was not told; repeating it is safe.
   */
  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    parts
        .requests()
        .run(
            reply,
            deadline -> {
              Revoking revoking = new Revoking(name, number, now, parts.surroundings());
              int count = Revoking.revoke(parts, name, revoking, deadline);
              LOG.warn("an operator revoked {} tickets of {}, now: {}", count, name, now);
              return count;
            });
  }

  /** Ends sweeping and closes the medium. Sessions still open are left to die. */
  @Override
  public void close() {
    parts.requests().close();
    polls.close();
    parts.sweep().awaitEnd();
    parts.medium().close();
  }
}
