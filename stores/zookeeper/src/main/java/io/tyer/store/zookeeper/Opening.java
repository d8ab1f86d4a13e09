package io.tyer.store.zookeeper;

import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.ordered.OrderedSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Opens a session: a connection, then the session's nodes, in one trip; where the store's own nodes
 * are not there yet, these first.
 */
final class Opening {

  /** What the node of lines holds: how names, tickets and sessions are written. */
  static final String FORMAT = "1";

  private static final int NODE_EXISTS = Code.NODEEXISTS.intValue();

  private final ZooKeeperAddress address;
  private final Settings settings;
  private final Duration ttl;
  private final ZooKeeperSession session;
  private final Reply<OrderedSession> reply;

  // Touched by the thread that brings answers.
  private boolean again;
  private int refused = ZooKeeperLines.OK;
  private String refusedAt = "";
  private int made;
  private int inbox;
  private int read;
  private String format = "";

  Opening(
      ZooKeeperAddress address,
      Settings settings,
      Duration ttl,
      ZooKeeperSession session,
      Reply<OrderedSession> reply) {
    this.address = address;
    this.settings = settings;
    this.ttl = ttl;
    this.session = session;
    this.reply = reply;
  }

  /** Once the session has its link. */
  void start() {
    link().send(settings.connectTimeout(), this::failed, this::connected);
  }

  private Link link() {
    return session.link();
  }

  private void failed(StoreException why) {
    link().end(client -> {}, new NoReply<>());
    reply.failed(why);
  }

  private void connected(Link.Live live) {
    Duration given = link().timeout();
    if (given.compareTo(ttl) < 0) {
      failed(
          link()
              .failures()
              .refused(
                  "it keeps a session for "
                      + given.toMillis()
                      + " ms at most, and the ttl is "
                      + ttl.toMillis()
                      + " ms: ask for a shorter ttl, or raise maxSessionTimeout of the servers"));
      return;
    }
    enrol(live);
  }

  private void enrol(Link.Live live) {
    create(live, session.path(), session.owner(), result -> made = result);
    create(live, session.inboxPath(), new byte[0], result -> inbox = result);
    live.client()
        .getData(
            session.paths().lines(),
            null,
            (result, on, context, data, stat) -> {
              read = result;
              format = data == null ? "" : new String(data, StandardCharsets.UTF_8);
            },
            null);
    live.client()
        .getData(
            session.inboxPath(),
            session.inboxWatcher,
            (result, on, context, data, stat) -> enrolled(live, result),
            null);
  }

  private void create(
      Link.Live live, String path, byte[] content, java.util.function.IntConsumer result) {
    live.client()
        .create(
            path,
            content,
            session.access(),
            CreateMode.EPHEMERAL,
            // With its status, which servers that are too old for the rest cannot tell either. By
            // the first of two tries, one of them may be there.
            (code, on, context, name, stat) ->
                result.accept(again && code == NODE_EXISTS ? ZooKeeperLines.OK : code),
            null);
  }

  private void enrolled(Link.Live live, int watched) {
    List<Integer> results = List.of(made, inbox, read, watched);
    if (results.contains(ZooKeeperLines.NO_NODE) && !again) {
      again = true;
      makeLasting(live);
    } else if (results.contains(ZooKeeperLines.NO_NODE) && refused != ZooKeeperLines.OK) {
      failed(link().failure(refused, refusedAt, true));
    } else if (made != ZooKeeperLines.OK) {
      failed(link().failure(made, session.path(), true));
    } else if (inbox != ZooKeeperLines.OK) {
      failed(link().failure(inbox, session.inboxPath(), true));
    } else if (read != ZooKeeperLines.OK) {
      failed(link().failure(read, session.paths().lines(), true));
    } else if (watched != ZooKeeperLines.OK) {
      failed(link().failure(watched, session.inboxPath(), true));
    } else if (!format.equals(FORMAT)) {
      failed(
          link()
              .failures()
              .refused(
                  "what is at "
                      + session.paths().lines()
                      + " is not in format "
                      + FORMAT
                      + ": a newer version of Tyer wrote it, or somebody else; use that version, or"
                      + " another path"));
    } else {
      live.written().answered();
      session.opened();
      reply.done(session);
    }
  }

  /** Makes what is not there of all that stays. */
  private void makeLasting(Link.Live live) {
    List<String> paths = session.paths().lasting();
    int[] open = {paths.size()};
    for (String path : paths) {
      byte[] content = ZooKeeperLines.text(path.equals(session.paths().lines()) ? FORMAT : "");
      live.client()
          .create(
              path,
              content,
              session.access(),
              CreateMode.PERSISTENT,
              (result, on, context, name) -> {
                boolean there = result == ZooKeeperLines.OK || result == NODE_EXISTS;
                // Who may not make a node that is there need not.
                if (!there && refused == ZooKeeperLines.OK) {
                  refused = result;
                  refusedAt = path;
                }
                if (--open[0] == 0) {
                  link().send(this::failed, this::enrol);
                }
              },
              null);
    }
  }

  @Override
  public String toString() {
    return "the opening of a session at " + address;
  }
}
