package io.tyer.testkit.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.testkit.ordered.OrderedFaults.Call;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session of a client in memory. */
final class InMemoryOrderedSession extends InMemoryOrderedMedium.InMemoryLines
    implements OrderedSession {

  private final SessionId id;

  /** When the last proving call left that was answered. */
  private final AtomicReference<Moment> proved;

  InMemoryOrderedSession(InMemoryOrderedMedium medium, SessionId id, Moment opened) {
    super(medium);
    this.id = id;
    this.proved = new AtomicReference<>(opened);
  }

  @Override
  void requireAlive() throws StoreException {
    if (server.session(id) == null) {
      throw new StoreException(Kind.SESSION_DEAD, "session " + id + " is dead");
    }
  }

  @Override
  public void prove(Reply<Moment> reply) {
    Moment left = Moment.now(medium.machine());
    this.<Moment>call(
        Call.SESSION,
        new Reply<>() {
          @Override
          public void done(Moment now) {
            Moment before = proved.getAndSet(now);
            reply.done(server.flavour().countsAtOnce() ? now : before);
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        },
        () -> {
          boolean unused = server.hear(id);
          return left;
        });
  }

  @Override
  public void append(
      LockName line,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      Reply<Optional<Appended>> reply) {
    this.<Optional<Appended>>call(
        Call.APPEND,
        reply,
        () -> {
          if (unchangedSince != null
              && server.flavour().compares()
              && !server.unchangedSince(line, unchangedSince.revision())) {
            return Optional.empty();
          }
          StoredNode node = server.append(line, id, label, content);
          return Optional.of(
              new Appended(node.listed(server.flavour()), node.body(), server.read(line)));
        });
  }

  @Override
  public Cancellable watch(
      LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
    StoredNode.Watcher watcher = new StoredNode.Watcher(medium.deliveries(), watch);
    boolean lost = medium.faults().losesWatch();
    this.<Optional<NodeBody>>call(
        Call.READ,
        reply,
        () -> {
          StoredNode found = server.find(line, node.key());
          if (found == null) {
            return Optional.empty();
          }
          if (!lost) {
            found.watchers.add(watcher);
          }
          return Optional.of(found.body());
        });
    return () -> {
      Boolean unused =
          server.change(
              () -> {
                StoredNode found = server.find(line, node.key());
                return found != null && found.watchers.remove(watcher);
              });
    };
  }

  @Override
  public void end(Reply<Boolean> reply) {
    medium.call(Call.SESSION, reply, () -> server.end(id, null));
  }
}
