package io.tyer.server.log.ratis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.PeerTls;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TestAuthority;
import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.jspecify.annotations.Nullable;
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
      assertThat(three.wordsOf("c").words()).isEmpty();
      assertThat(three.log("c").status().leader()).isEmpty();

      three.stop("c");
      three.tls = Optional.of(members);
      three.start(c, three.initial);
      Trio.await("c to catch up", () -> three.wordsOf("c").words().equals(List.of("x", "y")));
    }
  }

  @Test
  void thePeerPortIsClosedToWhoeverIsNoMember() throws Exception {
    TestAuthority members = new TestAuthority(root, "members");
    TestAuthority others =
        new TestAuthority(Files.createDirectory(root.resolve("others")), "others");
    try (Trio one = new Trio(root, "a")) {
      one.tls = Optional.of(tls(members.issue("a")));
      one.start(one.info("a"), one.initial);
      one.append("x");
      String address = one.info("a").peerAddress();
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));

      assertThat(hears(port, members, members.issue("b"))).isTrue();
      assertThat(hears(port, members, null)).as("without one").isFalse();
      assertThat(hears(port, members, others.issue("b"))).as("another's").isFalse();
      assertThat(hears(port, members, members.issueExpired("c"))).as("expired").isFalse();
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
        plain.setSoTimeout(10_000);
        plain.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        assertThat(answer(plain)).as("plain text").isNotEqualTo(SETTINGS);
      }
      assertThat(one.append("y")).isEqualTo(2);
    }
  }

  /** The type of the frame by which a server of HTTP/2 begins. */
  private static final int SETTINGS = 4;

  private static PeerTls tls(TlsFiles files) throws IOException {
    LiveTls live = LiveTls.load(files);
    return new PeerTls(live.keys(), live.trust().orElseThrow());
  }

  /** Whether a connection to the port is let in so far that it is answered. */
  private static boolean hears(int port, TestAuthority trusted, @Nullable TlsFiles own)
      throws Exception {
    KeyManager[] keys = own == null ? new KeyManager[0] : new KeyManager[] {tls(own).keys()};
    TrustManager trust = LiveTls.load(trusted.issue("unused")).trust().orElseThrow();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {trust}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      return answer(socket) == SETTINGS;
    } catch (SSLException | SocketException refused) {
      return false;
    }
  }

  /** The type of the first frame that comes; -1 if the connection ends instead. */
  private static int answer(Socket socket) throws IOException {
    byte[] head = socket.getInputStream().readNBytes(4);
    return head.length < 4 ? -1 : head[3];
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
        assertThat(one.wordsOf("a").words()).containsExactly("x");
        assertThatThrownBy(() -> client.admin().transferLeadership(Peers.id("a"), 100))
            .hasStackTraceContaining("for members only");
      }
      assertThat(one.append("y")).isEqualTo(2);
    }
  }
}
