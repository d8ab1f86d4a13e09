package io.tyer.server.replica;

import java.util.List;
import java.util.Optional;

/**
 * How one member sees the group.
 *
 * @param cluster the id of the group
 * @param self this member
 * @param leader whom it takes for the leader, perhaps itself; empty if it knows of none
 * @param leading whether it leads, and is ready to
 * @param term the engine's term
 * @param applied the index of the last applied entry
 * @param sessions how many sessions there are
 * @param tickets how many tickets there are
 * @param members all of them
 */
public record ReplicaStatus(
    String cluster,
    MemberInfo self,
    Optional<MemberInfo> leader,
    boolean leading,
    long term,
    long applied,
    long sessions,
    long tickets,
    List<MemberInfo> members) {

  /** Keeps a copy. */
  public ReplicaStatus {
    members = List.copyOf(members);
  }

  /** Whom it takes for the leader, if that is another member. */
  public Optional<MemberInfo> elsewhere() {
    return leader.filter(member -> !member.id().equals(self.id()));
  }
}
