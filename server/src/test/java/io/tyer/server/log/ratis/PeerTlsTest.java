package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.PeerTls;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {

  @TempDir Path root;

  @Test
  void onlyMembersAreHeard() throws Exception {
    PeerTls members = Certificates.selfSigned(root, "members");
    PeerTls stranger = Certificates.selfSigned(root, "stranger");
    try (Trio three = new Trio(root, "a", "b", "c")) {
      MemberInfo c = three.info("c");
      three.tls = Optional.of(members);
      three.start(three.info("a"), three.initial);
      three.start(three.info("b"), three.initial);
      three.tls = Optional.of(stranger);
      three.start(c, three.initial);

      three.append("x");
      three.append("y");

      assertThat(three.leader()).isNotEqualTo("c");
      assertThat(three.words.get("c").words()).isEmpty();
      assertThat(three.logs.get("c").status().leader()).isEmpty();

      three.stop("c");
      three.tls = Optional.of(members);
      three.start(c, three.initial);
      Trio.await("c to catch up", () -> three.words.get("c").words().equals(List.of("x", "y")));
    }
  }

  /** An entry is made by a member, never by whoever reaches its peer address. */
  @Test
  void clientsOfTheEngineAreRefused() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      RaftPeer peer =
          RaftPeer.newBuilder().setId("a").setAddress(one.info("a").peerAddress()).build();
      try (RaftClient client =
          RaftClient.newBuilder()
              .setProperties(new RaftProperties())
              .setRaftGroup(RaftGroup.valueOf(Home.group(Trio.CLUSTER), List.of(peer)))
              .setRetryPolicy(RetryPolicies.noRetry())
              .build()) {
        assertThatThrownBy(() -> client.io().send(Message.valueOf("evil")))
            .isInstanceOf(IOException.class)
            .hasStackTraceContaining("for members only");
        assertThat(one.words.get("a").words()).containsExactly("x");
        assertThatThrownBy(() -> client.admin().transferLeadership(Peers.id("a"), 100))
            .hasStackTraceContaining("for members only");
      }
      assertThat(one.append("y")).isEqualTo(2);
    }
  }
}
