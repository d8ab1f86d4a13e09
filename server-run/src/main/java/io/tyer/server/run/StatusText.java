package io.tyer.server.run;

import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.StatusReply;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The group as people read it. */
final class StatusText {

  private static final String ROW = "%s %-12s %-8s %8s %12s %8s %10s %10s  %s%n";

  private StatusText() {}

  static String of(GroupView group) {
    StatusReply leader = group.leader();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "cluster %s, %s; member %s was asked first%n",
            OneLine.of(group.first().getCluster()),
            leader == null
                ? "no member says that it leads"
                : "leader " + OneLine.of(leader.getMember()) + ", term " + leader.getTerm(),
            OneLine.of(group.first().getMember())));
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            " ",
            "member",
            "state",
            "term",
            "applied",
            "lag",
            "sessions",
            "tickets",
            "clients at"));
    group.members().forEach(member -> text.append(row(group, member)));
    return text.toString();
  }

  private static String row(GroupView group, MemberView view) {
    Member member = view.member();
    String id = OneLine.of(member.getId());
    String address = OneLine.of(member.getClientAddress());
    StatusReply status = view.status();
    if (status == null) {
      return String.format(
          Locale.ROOT, "  %-12s does not answer at %s: %s%n", id, address, OneLine.of(view.why()));
    }
    OptionalLong lag = group.lag(status);
    return String.format(
        Locale.ROOT,
        ROW,
        status.getLeading() ? "*" : " ",
        id,
        status.getLeading() ? "leads" : "follows",
        status.getTerm(),
        status.getApplied(),
        lag.isPresent() ? String.valueOf(lag.getAsLong()) : "?",
        status.getSessions(),
        status.getTickets(),
        address);
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
