package io.tyer.testkit.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another session. */
abstract class PassingSession implements OrderedSession {

  final OrderedSession real;

  PassingSession(OrderedSession real) {
    this.real = real;
  }

  @Override
  public void names(String prefix, Reply<List<LockName>> reply) {
    real.names(prefix, reply);
  }

  @Override
  public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
    real.read(line, fresh, reply);
  }

  @Override
  public void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply) {
    real.look(line, node, reply);
  }

  @Override
  public void replace(
      LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
    real.replace(line, node, seen, content, reply);
  }

  @Override
  public void remove(LockName line, OrderedNode node, Reply<Boolean> reply) {
    real.remove(line, node, reply);
  }

  @Override
  public void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
    real.tell(session, hint, reply);
  }

  @Override
  public void prove(Reply<Moment> reply) {
    real.prove(reply);
  }

  @Override
  public void append(
      LockName line,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      Reply<Optional<Appended>> reply) {
    real.append(line, label, content, unchangedSince, reply);
  }

  @Override
  public Cancellable watch(
      LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
    return real.watch(line, node, watch, reply);
  }

  @Override
  public void sweep() {
    real.sweep();
  }

  @Override
  public void end(Reply<Boolean> reply) {
    real.end(reply);
  }
}
