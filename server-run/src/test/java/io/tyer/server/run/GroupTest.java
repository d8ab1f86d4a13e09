package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.StatusReply;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GroupTest {

  private static Member member(String id) {
    return Member.newBuilder()
        .setId(id)
        .setClientAddress(id + ".example:7878")
        .setPeerAddress(id + ".example:7879")
        .build();
  }

  private static StatusReply status(String id, boolean leads, long term, long applied) {
    return StatusReply.newBuilder()
        .setCluster("shop")
        .setMember(id)
        .setLeading(leads)
        .setTerm(term)
        .setApplied(applied)
        .setSessions(12)
        .setTickets(30)
        .build();
  }

  private static final GroupView GROUP =
      new GroupView(
          status("b", false, 5, 90),
          List.of(
              new MemberView(member("a"), status("a", true, 5, 100), ""),
              new MemberView(member("b"), status("b", false, 5, 90), ""),
              new MemberView(member("c"), null, "UNAVAILABLE")));

  @Test
  void peopleSeeWhoLeadsWhoLagsAndWhoDoesNotAnswer() {
    String[] lines = StatusText.of(GROUP).split("\\R", -1);
    assertThat(lines[0]).isEqualTo("cluster shop, leader a, term 5; member b was asked first");
    assertThat(lines[2].trim().split(" +", -1))
        .containsExactly("*", "a", "leads", "5", "100", "0", "12", "30", "a.example:7878");
    assertThat(lines[3].trim().split(" +", -1))
        .containsExactly("b", "follows", "5", "90", "10", "12", "30", "b.example:7878");
    assertThat(lines[4].trim().replaceAll(" +", " "))
        .isEqualTo("c does not answer at c.example:7878: UNAVAILABLE");
  }

  @Test
  void programsReadTheSame() {
    assertThat(StatusJson.of(GROUP))
        .hasLineCount(1)
        .startsWith("{\"cluster\":\"shop\",\"asked\":\"b\",\"leader\":\"a\",\"members\":[")
        .contains(
            "{\"id\":\"b\",\"client_address\":\"b.example:7878\",\"peer_address\":"
                + "\"b.example:7879\",\"reachable\":true,\"leading\":false,\"term\":5,"
                + "\"applied\":90,\"lag\":10,\"sessions\":12,\"tickets\":30}")
        .contains("\"reachable\":false,\"error\":\"UNAVAILABLE\"}");
  }

  @Test
  void withoutALeaderNobodyIsBehind() {
    StatusReply only = status("b", false, 5, 90);
    GroupView none = new GroupView(only, List.of(new MemberView(member("b"), only, "")));
    assertThat(none.leader()).isNull();
    assertThat(none.lag(only)).isEqualTo(OptionalLong.empty());
    assertThat(StatusText.of(none)).contains("no member says that it leads");
    assertThat(StatusJson.of(none)).contains("\"leader\":null").doesNotContain("lag");
  }

  @Test
  void ofTwoThatSayTheyLeadTheOneOfTheLaterTermDoes() {
    StatusReply old = status("a", true, 5, 120);
    StatusReply later = status("b", true, 6, 100);
    GroupView two =
        new GroupView(
            old,
            List.of(new MemberView(member("a"), old, ""), new MemberView(member("b"), later, "")));
    assertThat(two.leader()).isSameAs(later);
    assertThat(two.lag(old)).as("what it applied beyond is none of its lag").hasValue(0);
  }
}
