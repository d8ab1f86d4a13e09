package io.tyer.store.zookeeper;

import io.tyer.line.LockName;
import io.tyer.spi.Reply;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One append: the node and the list of the line in one trip. A line whose container is not there
 * costs a second one; the answer that there is none says that no node was made.
 */
final class Appending {

  /** Containers are removed by the server when it likes; each time there are other nodes to be. */
  private static final int ROUNDS = 5;

  private final Link link;
  private final String line;
  private final String label;
  private final byte[] content;
  private final List<ACL> access;
  private final Consumer<String> appended;
  private final Reply<Optional<Appended>> reply;

  // Touched by the thread that brings answers.
  private int made = ZooKeeperLines.NO_NODE;
  private String path;
  private @Nullable Stat stat;
  private int round;

  Appending(
      Link link,
      Paths paths,
      LockName line,
      String label,
      byte[] content,
      List<ACL> access,
      Consumer<String> appended,
      Reply<Optional<Appended>> reply) {
    this.link = link;
    this.line = paths.line(line);
    this.path = this.line;
    this.label = label;
    this.content = content;
    this.access = access;
    this.appended = appended;
    this.reply = reply;
  }

  void start() {
    link.send(reply::failed, live -> send(live, false));
  }

  private void send(Link.Live live, boolean withContainer) {
    if (withContainer) {
      live.client()
          .create(
              line,
              new byte[0],
              access,
              CreateMode.CONTAINER,
              (result, on, context, name, container) -> {},
              null);
    }
    live.client()
        .create(
            line + "/" + Sequence.begin(label),
            content,
            access,
            CreateMode.EPHEMERAL_SEQUENTIAL,
            (result, on, context, name, its) -> {
              made = result;
              path = name == null ? on : name;
              stat = its;
            },
            null);
    live.client()
        .getChildren(
            line, null, (result, on, context, children) -> listed(live, result, children), null);
  }

  private void listed(Link.Live live, int result, @Nullable List<String> children) {
    Stat its = stat;
    if (made == ZooKeeperLines.NO_NODE && ++round < ROUNDS) {
      link.send(reply::failed, next -> send(next, true));
    } else if (made != ZooKeeperLines.OK || its == null) {
      reply.failed(link.failure(made, path, true));
    } else {
      live.written().answered();
      appended.accept(path);
      if (result == ZooKeeperLines.OK && children != null) {
        OrderedNode own = new OrderedNode(path.substring(line.length() + 1), label, null);
        NodeBody body = new NodeBody(its.getCzxid(), its.getVersion(), content);
        LineNodes nodes = new LineNodes(Sequence.ordered(children), 0);
        reply.done(Optional.of(new Appended(own, body, nodes)));
      } else {
        // It is there.
        reply.failed(link.failures().unknown("the line could not be read after the node was made"));
      }
    }
  }
}
