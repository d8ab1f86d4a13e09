package io.tyer.server.run;

import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.StatusReply;
import java.util.List;
import java.util.Locale;

/** The group as people read it. */
final class StatusText {

  private StatusText() {}

  static String of(StatusReply status) {
    String leader = status.getLeader().isEmpty() ? "none known" : status.getLeader();
    return String.format(
            Locale.ROOT,
            "cluster %s, member %s%s%nleader %s, term %d, applied %d%n%d sessions, %d tickets%n",
            status.getCluster(),
            status.getMember(),
            status.getLeading() ? ", leading" : "",
            leader,
            status.getTerm(),
            status.getApplied(),
            status.getSessions(),
            status.getTickets())
        + of(status.getMembersList());
  }

  static String of(List<Member> members) {
    StringBuilder text = new StringBuilder();
    for (Member member : members) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %-12s members %-24s clients %s%s%n",
              member.getLeading() ? "*" : " ",
              member.getId(),
              member.getPeerAddress(),
              member.getClientAddress(),
              member.getHttpAddress().isEmpty() ? "" : " http " + member.getHttpAddress()));
    }
    return text.toString();
  }
}
