package io.tyer.server.run;

import io.tyer.protocol.v1.StatusReply;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A group, as its members say it is.
 *
 * @param first what the member that was asked first said
 * @param members all that it named, in its order
 */
record GroupView(StatusReply first, List<MemberView> members) {

  /** What the leader says; null if none answered. Of several, the one of the last term leads. */
  @Nullable StatusReply leader() {
    return members.stream()
        .map(MemberView::status)
        .filter(status -> status != null && status.getLeading())
        .max(Comparator.comparingLong(StatusReply::getTerm))
        .orElse(null);
  }

  /** How many entries a member that answered is behind the leader, if there is one. */
  OptionalLong lag(StatusReply member) {
    StatusReply leader = leader();
    return leader == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, leader.getApplied() - member.getApplied()));
  }
}
