package io.tyer.server.door;

import io.grpc.Status;
import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.replica.ReplicaStatus;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Notice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** All streams of this member, and which of them carries which session. */
final class Streams implements ReplicaListener {

  private final Set<SessionStream> all = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<SessionId, SessionStream> carriers = new ConcurrentHashMap<>();
  private final AtomicReference<Role> role = new AtomicReference<>(Role.NOT_TOLD);
  private volatile @Nullable Replica replica;
  private volatile boolean closed;

  /** Serves this member, from now on; before, nobody leads. */
  void serve(Replica member) {
    replica = member;
    member.listen(this);
    // What the member tells meanwhile is newer.
    role.compareAndSet(Role.NOT_TOLD, member.status().leading() ? Role.LEADS : Role.FOLLOWS);
  }

  Optional<Replica> replica() {
    return Optional.ofNullable(replica);
  }

  void submit(List<Submission> together) {
    Replica member = replica;
    if (member == null) {
      together.forEach(
          one -> one.answer().failed(Replica.Failure.NOT_LEADING, "this server is starting"));
    } else {
      member.submit(together);
    }
  }

  /** Takes up a stream; it is sent away at once if this member does not lead. */
  void add(SessionStream stream) {
    all.add(stream);
    if (closed) {
      stream.close(Status.UNAVAILABLE, "this server is stopping");
    } else if (!leading()) {
      stream.redirect(leader());
    }
  }

  /**
   * Has a stream carry a session that it has proved, in place of the one that did.
   *
   * @return false if the stream has ended meanwhile
   */
  boolean carry(SessionId session, SessionStream stream) {
    SessionStream before = carriers.put(session, stream);
    if (before != null) {
      before.close(Status.ABORTED, "another stream carries this session now");
    }
    if (!all.contains(stream)) {
      carriers.remove(session, stream);
      return false;
    }
    return true;
  }

  void forget(@Nullable SessionId session, SessionStream stream) {
    all.remove(stream);
    if (session != null) {
      carriers.remove(session, stream);
    }
  }

  boolean leading() {
    return role.get() == Role.LEADS;
  }

  /** Where clients find the leader, as host:port; empty if it is not known. */
  String leader() {
    return replica()
        .map(Replica::status)
        .flatMap(ReplicaStatus::elsewhere)
        .map(MemberInfo::clientAddress)
        .orElse("");
  }

  @Override
  public void notices(List<Notice> notices) {
    for (Notice notice : notices) {
      SessionStream stream = carriers.get(notice.session());
      if (stream != null) {
        tell(stream, notice);
      }
    }
  }

  /** Whatever becomes of it, others are told theirs. */
  private static void tell(SessionStream stream, Notice notice) {
    try {
      stream.tell(notice);
    } catch (RuntimeException | Error e) {
      stream.broken(e);
    }
  }

  @Override
  public void leading(boolean now) {
    role.set(now ? Role.LEADS : Role.FOLLOWS);
    if (!now && !all.isEmpty()) {
      String leader = leader();
      all.forEach(stream -> stream.redirect(leader));
    }
  }

  /** Ends all that were begun under this token. */
  void sendAway(TokenId by) {
    for (SessionStream stream : all) {
      if (stream.by().equals(by)) {
        stream.close(
            Status.UNAUTHENTICATED, "the token that this stream was begun with has changed");
      }
    }
  }

  int size() {
    return all.size();
  }

  void sweep(long now) {
    all.forEach(stream -> stream.sweep(now));
  }

  /** Ends all streams, and those to come. */
  void close() {
    closed = true;
    all.forEach(stream -> stream.close(Status.UNAVAILABLE, "this server is stopping"));
  }

  private enum Role {
    NOT_TOLD,
    LEADS,
    FOLLOWS
  }
}
