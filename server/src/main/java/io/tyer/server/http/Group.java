package io.tyer.server.http;

import io.tyer.line.LockName;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.replica.ReplicaStatus;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Notice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The member behind this door, and who leads its group. */
final class Group implements ReplicaListener {

  private final Waits waits;
  private final Watches watches;
  private final AtomicReference<Role> role = new AtomicReference<>(Role.NOT_TOLD);
  private volatile @Nullable Replica replica;

  Group(Waits waits, Watches watches) {
    this.waits = waits;
    this.watches = watches;
  }

  /** Serves this member, from now on; before, nobody leads. */
  void serve(Replica member) {
    replica = member;
    watches.whenWanted(member::watch);
    member.listen(this);
    // What the member tells meanwhile is newer.
    role.compareAndSet(Role.NOT_TOLD, member.status().leading() ? Role.LEADS : Role.FOLLOWS);
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

  boolean leads() {
    return role.get() == Role.LEADS;
  }

  /** Whether this member knows a leader. */
  boolean hasLeader() {
    return status().flatMap(ReplicaStatus::leader).isPresent();
  }

  /** Where clients find another member that leads, as host:port; empty if that is not known. */
  Optional<String> elsewhere() {
    return status()
        .flatMap(ReplicaStatus::elsewhere)
        .map(MemberInfo::httpAddress)
        .filter(address -> !address.isEmpty());
  }

  /** By which names clients find members. */
  Set<String> hosts() {
    return status().stream()
        .flatMap(now -> now.members().stream())
        .flatMap(member -> Stream.of(member.clientAddress(), member.httpAddress()))
        .filter(address -> !address.isEmpty())
        .map(address -> address.substring(0, address.lastIndexOf(':')))
        .collect(Collectors.toSet());
  }

  private Optional<ReplicaStatus> status() {
    return Optional.ofNullable(replica).map(Replica::status);
  }

  @Override
  public void notices(List<Notice> notices) {
    waits.tell(notices);
  }

  @Override
  public void changed(Set<LockName> names) {
    watches.changed(names);
  }

  @Override
  public void leading(boolean now) {
    role.set(now ? Role.LEADS : Role.FOLLOWS);
    if (!now) {
      waits.leadLost();
      watches.end();
    }
  }

  private enum Role {
    NOT_TOLD,
    LEADS,
    FOLLOWS
  }
}
