package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedMedium;
import io.tyer.store.ordered.OrderedSession;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys of etcd as nodes: a node's number is the revision that made it, its session a lease. The
 * session has two keys of its own, which go with the lease: {@code owner} and {@code inbox}.
 */
final class EtcdMedium implements OrderedMedium {

  private final Calls calls;
  private final Keys keys;
  private final EtcdLines lines;
  private final Versions versions;
  private final Set<EtcdSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EtcdMedium(Calls calls) {
    this.calls = calls;
    this.keys = new Keys(calls.address().path());
    this.lines = new EtcdLines(calls, keys);
    this.versions = new Versions(calls);
  }

  @Override
  public String description() {
    return calls.address().toString();
  }

  @Override
  public OrderedLines lines() {
    return lines;
  }

  @Override
  public void open(
      SessionId id, Duration ttl, String owner, OrderedEvents events, Reply<OrderedSession> reply) {
    versions.check(Replies.then(reply, fits -> grant(id, ttl, owner, events, reply)));
  }

  /** Whole seconds, at least as many as wanted. */
  private void grant(
      SessionId id, Duration ttl, String owner, OrderedEvents events, Reply<OrderedSession> reply) {
    long seconds = ttl.plusSeconds(1).minusNanos(1).toSeconds();
    calls.change(
        LeaseGrpc.getLeaseGrantMethod(),
        LeaseGrantRequest.newBuilder().setTTL(seconds).build(),
        Replies.then(
            reply,
            (LeaseGrantResponse granted) -> {
              if (granted.getTTL() < seconds) {
                revoke(granted.getID());
                reply.failed(
                    new StoreException(
                        Kind.REFUSED,
                        description()
                            + " grants leases of "
                            + granted.getTTL()
                            + " s only; a TTL of that is the longest"));
              } else {
                register(id, granted.getID(), owner, events, reply);
              }
            }));
  }

  private void register(
      SessionId id, long lease, String owner, OrderedEvents events, Reply<OrderedSession> reply) {
    TxnRequest register =
        TxnRequest.newBuilder()
            .addCompare(Requests.isAbsent(keys.owner(id)))
            .addSuccess(
                Requests.op(Requests.put(keys.owner(id), ByteString.copyFromUtf8(owner), lease)))
            .addSuccess(Requests.op(Requests.put(keys.inbox(id), ByteString.EMPTY, lease)))
            .build();
    calls.change(
        KVGrpc.getTxnMethod(),
        register,
        new Reply<TxnResponse>() {
          @Override
          public void done(TxnResponse answer) {
            if (!answer.getSucceeded()) {
              failed(new StoreException(Kind.REFUSED, "there is a session " + id + " already"));
              return;
            }
            begin(id, lease, owner, answer.getHeader().getRevision(), events, reply);
          }

          @Override
          public void failed(StoreException failure) {
            revoke(lease);
            reply.failed(failure);
          }
        });
  }

  private void begin(
      SessionId id,
      long lease,
      String owner,
      long revision,
      OrderedEvents events,
      Reply<OrderedSession> reply) {
    EtcdSession session =
        new EtcdSession(calls, keys, lines, id, lease, owner, revision, events, sessions::remove);
    sessions.add(session);
    if (closed) {
      session.abandon();
    }
    session.listen();
    reply.done(session);
  }

  private void revoke(long lease) {
    calls.change(
        LeaseGrpc.getLeaseRevokeMethod(),
        LeaseRevokeRequest.newBuilder().setID(lease).build(),
        Replies.none());
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(EtcdSession::abandon);
    calls.close();
  }
}
