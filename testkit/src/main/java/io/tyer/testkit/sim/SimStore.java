package io.tyer.testkit.sim;

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
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The store as one client has it: every request goes over its link. */
final class SimStore implements LineStore {

  private final SimClient client;
  private final SimServer server;
  private final Link link;
  private @Nullable SimSession newest;
  private @Nullable SimEvents hints;

  SimStore(SimClient client, SimServer server, Link link) {
    this.client = client;
    this.server = server;
    this.link = link;
  }

  private void inUse(SimSession session, SimEvents ofThis) {
    newest = session;
    hints = ofThis;
  }

  /** The session that the engine entered a line with last: no other can prove a lease. */
  @Nullable SessionId newestSession() {
    return newest == null ? null : newest.id();
  }

  /** Whether the engine has given it up. */
  boolean newestSessionIsEnding() {
    return newest == null || newest.ending();
  }

  /** The connection is back, and says so. */
  void reconnected() {
    SimEvents open = hints;
    if (open != null) {
      open.changedAnywhere();
    }
  }

  /** Of a session that is given up it means nothing. */
  private void heardRecall(SimEvents by, LockName name) {
    if (by.equals(hints)) {
      client.recalled(name);
    }
  }

  @Override
  public String description() {
    return "simulated";
  }

  @Override
  public StoreTraits traits() {
    return server.store().traits();
  }

  @Override
  public int shards() {
    return server.store().shards();
  }

  @Override
  public int shardOf(LockName name) {
    return server.store().shardOf(name);
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    SimEvents hintsOfThis = new SimEvents(link, events, this::heardRecall);
    link.<StoreSession>send(
        "open",
        false,
        answer ->
            server.doing(
                SimServer.Change.NOTHING, () -> server.open(client, request, hintsOfThis, answer)),
        new Reply<>() {
          @Override
          public void done(StoreSession session) {
            reply.done(new SimSession(session, server, link, used -> inUse(used, hintsOfThis)));
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        });
  }

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    link.<List<LineView>>send("list", true, answer -> server.store().list(prefix, answer), reply);
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    throw new UnsupportedOperationException("operators of the simulation work at the server");
  }

  @Override
  public void close() {}
}
