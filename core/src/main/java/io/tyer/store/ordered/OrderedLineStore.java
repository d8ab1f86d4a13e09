package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a store of an {@link OrderedMedium}: a ticket is a node, and a line is what {@link
 * io.tyer.line.Line} says of its nodes.
 *
 * <p>No request blocks; each is answered by a thread that brings an answer of the medium. What
 * takes several calls is not atomic, and need not be: nodes are only appended, weakened and
 * removed, so that a ticket that is granted by what was read is granted. A request that changes a
 * node others keep changing tries until its time is over, and is then {@code UNREACHABLE}, or
 * {@code UNKNOWN} if it has had some effect.
 */
public final class OrderedLineStore implements LineStore {

  private static final Logger LOG = LoggerFactory.getLogger(OrderedLineStore.class);

  private final StoreTraits traits;
  private final OrderedParts parts;

  /**
   * A store of this medium.
   *
   * @param medium where the nodes are; closed with the store
   * @param traits what the engine is told; its requests do not block
   * @param operationTimeout for how long one request may make further calls
   * @throws IllegalArgumentException if the traits say that requests block
   */
  public OrderedLineStore(
      OrderedMedium medium,
      Surroundings surroundings,
      StoreTraits traits,
      Duration operationTimeout) {
    if (traits.blocking()) {
      throw new IllegalArgumentException("requests to a store of ordered nodes do not block");
    }
    this.traits = traits;
    this.parts = new OrderedParts(medium, surroundings, operationTimeout);
  }

  @Override
  public String description() {
    return parts.medium().description();
  }

  @Override
  public StoreTraits traits() {
    return traits;
  }

  /** Opens a session of the medium's. Fails as that does. */
  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    SessionId id = request.secret().publicId();
    Fate fate = new Fate(parts.surroundings(), events, request.ttl());
    Steps.answer(
        Steps.then(
            Steps.<OrderedSession>ask(
                opened ->
                    parts
                        .medium()
                        .open(id, request.ttl(), Ask.clipOwner(request.owner()), fate, opened)),
            session -> Steps.done(new OrderedLineSession(parts, fate, id, session))),
        reply);
  }

  /** Lists what stands in lines. Fails as {@code REFUSED} if a node cannot be read. */
  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    Steps.answer(new Listing(parts.medium().lines()).list(prefix), reply);
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    Steps.answer(new Listing(parts.medium().lines()).view(name), reply);
  }

  /**
   * Revokes tickets; counts those that are marked, also if they were before. Fails as {@code
   * UNKNOWN} if something may have been done, or a holder was not told; repeating it is safe.
   */
  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    Revoking revoking = new Revoking(parts.medium().lines(), name, number, now, parts.deadline());
    Steps.answer(
        Steps.then(
            revoking.revoke(),
            count -> {
              LOG.warn("an operator revoked {} tickets of {}, now: {}", count, name, now);
              return Steps.done(count);
            }),
        reply);
  }

  /** Closes the medium. Sessions still open are left to die. */
  @Override
  public void close() {
    parts.medium().close();
  }
}
