package io.tyer.store.remote;

import io.tyer.line.LockName;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.RevokeReply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lines kept by the lock server, by whichever of its members leads. */
final class RemoteLineStore implements LineStore {

  private static final StoreTraits TRAITS =
      new StoreTraits(false, true, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(10));

  private final Links links;
  private final Set<RemoteSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  RemoteLineStore(Links links) {
    this.links = links;
  }

  @Override
  public String description() {
    return links.address().shown();
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    RemoteSession[] own = new RemoteSession[1];
    RemoteSession session =
        new RemoteSession(links, request, events, () -> sessions.remove(own[0]));
    own[0] = session;
    sessions.add(session);
    if (closed) {
      session.close();
    }
    session.open(request, reply);
  }

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    Listing.all(links, prefix, reply);
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    Listing.one(links, name, reply);
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    RevokeRequest request =
        RevokeRequest.newBuilder()
            .setName(Messages.bytes(name))
            .setNumber(number.orElse(0))
            .setNow(now)
            .build();
    new LeaderCall<RevokeRequest, RevokeReply>(
            links,
            LocksGrpc.getRevokeMethod(),
            request,
            false,
            new Reply<>() {
              @Override
              public void done(RevokeReply revoked) {
                reply.done(revoked.getCount());
              }

              @Override
              public void failed(StoreException failure) {
                reply.failed(failure);
              }
            })
        .start();
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(RemoteSession::close);
    links.channels().close();
  }
}
