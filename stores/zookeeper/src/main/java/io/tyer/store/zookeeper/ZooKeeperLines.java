package io.tyer.store.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Reads and changes nodes, whichever session they are of. */
abstract class ZooKeeperLines implements OrderedLines {

  static final int OK = Code.OK.intValue();
  static final int NO_NODE = Code.NONODE.intValue();
  private static final int BAD_VERSION = Code.BADVERSION.intValue();
  private static final int ANY_VERSION = -1;
  private static final byte[] NOTHING = {};

  private final Paths paths;

  ZooKeeperLines(Paths paths) {
    this.paths = paths;
  }

  final Paths paths() {
    return paths;
  }

  /** By what requests are sent; fails the reply and answers null if there is none. */
  abstract @Nullable Link link(Reply<?> reply);

  @Override
  public final void names(String prefix, Reply<List<LockName>> reply) {
    Link link = link(reply);
    if (link == null) {
      return;
    }
    String path = paths.lines();
    link.send(
        reply::failed,
        live -> {
          // Whoever lists wants what others were answered.
          live.client().sync(path, (result, on, context) -> {}, null);
          live.client()
              .getChildren(
                  path,
                  null,
                  (result, on, context, children) -> {
                    if (result == OK) {
                      reply.done(named(children, prefix));
                    } else if (result == NO_NODE) {
                      reply.done(List.of());
                    } else {
                      reply.failed(link.failure(result, on, false));
                    }
                  },
                  null);
        });
  }

  private static List<LockName> named(List<String> children, String prefix) {
    List<LockName> names = new ArrayList<>();
    for (String child : children) {
      NodeName.read(child).filter(name -> name.text().startsWith(prefix)).ifPresent(names::add);
    }
    return names;
  }

  @Override
  public final void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
    Link link = link(reply);
    if (link == null) {
      return;
    }
    String path = paths.line(line);
    link.send(
        reply::failed,
        live -> {
          int[] synced = {OK};
          if (fresh) {
            live.client().sync(path, (result, on, context) -> synced[0] = result, null);
          }
          live.client()
              .getChildren(
                  path,
                  null,
                  (result, on, context, children) -> {
                    int whole = synced[0] == OK ? result : synced[0];
                    if (whole == OK) {
                      reply.done(new LineNodes(Sequence.ordered(children), 0));
                    } else if (whole == NO_NODE) {
                      reply.done(new LineNodes(List.of(), 0));
                    } else {
                      reply.failed(link.failure(whole, on, false));
                    }
                  },
                  null);
        });
  }

  @Override
  public final void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply) {
    Link link = link(reply);
    if (link != null) {
      link.send(
          reply::failed,
          live ->
              live.client()
                  .getData(
                      paths.node(line, node),
                      null,
                      (result, on, context, data, stat) ->
                          looked(link, result, on, data, stat, reply),
                      null));
    }
  }

  /** Answers what a node is. */
  static void looked(
      Link link,
      int result,
      String path,
      byte @Nullable [] data,
      @Nullable Stat stat,
      Reply<Optional<NodeBody>> reply) {
    if (result == OK && stat != null) {
      byte[] content = data == null ? NOTHING : data;
      reply.done(Optional.of(new NodeBody(stat.getCzxid(), stat.getVersion(), content)));
    } else if (result == NO_NODE) {
      reply.done(Optional.empty());
    } else {
      reply.failed(link.failure(result, path, false));
    }
  }

  @Override
  public final void replace(
      LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
    set(paths.node(line, node), content, (int) seen.version(), reply);
  }

  @Override
  public final void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
    set(paths.inbox(session), hint, ANY_VERSION, reply);
  }

  private void set(String path, byte[] content, int version, Reply<Boolean> reply) {
    Link link = link(reply);
    if (link != null) {
      link.send(
          reply::failed,
          live ->
              live.client()
                  .setData(
                      path,
                      content,
                      version,
                      (result, on, context, stat) -> changed(link, live, result, on, reply),
                      null));
    }
  }

  @Override
  public final void remove(LockName line, OrderedNode node, Reply<Boolean> reply) {
    Link link = link(reply);
    if (link != null) {
      link.send(
          reply::failed,
          live ->
              live.client()
                  .delete(
                      paths.node(line, node),
                      ANY_VERSION,
                      (result, on, context) -> {
                        if (result == OK || result == NO_NODE) {
                          removed(on);
                        }
                        changed(link, live, result, on, reply);
                      },
                      null));
    }
  }

  /** A node is there no more. */
  void removed(String path) {}

  private static void changed(
      Link link, Link.Live live, int result, String path, Reply<Boolean> reply) {
    if (result == OK) {
      live.written().answered();
      reply.done(true);
    } else if (result == NO_NODE || result == BAD_VERSION) {
      reply.done(false);
    } else {
      reply.failed(link.failure(result, path, true));
    }
  }

  static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
