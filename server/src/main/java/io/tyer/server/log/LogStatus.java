package io.tyer.server.log;

import io.tyer.server.replica.MemberInfo;
import java.util.List;
import java.util.Optional;

/**
 * How one member sees its group.
 *
 * @param leader whom it takes for the leader, perhaps itself
 * @param leading whether it leads, and has applied all that was there before it did
 * @param term the engine's term
 * @param applied the index of the last applied entry; −1 if there is none
 * @param members all of them
 */
public record LogStatus(
    Optional<MemberInfo> leader,
    boolean leading,
    long term,
    long applied,
    List<MemberInfo> members) {

  /** Keeps a copy. */
  public LogStatus {
    members = List.copyOf(members);
  }
}
