package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.server.ClientSecurity;
import io.tyer.server.PeerSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.door.DoorLimits;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer server status} of a group of three that loses one. */
@Timeout(180)
class StatusCommandTest {

  @TempDir Path directory;

  private final List<TyerServer> servers = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    servers.forEach(TyerServer::close);
  }

  private void startThree() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<MemberInfo> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(
          new MemberInfo(
              String.valueOf((char) ('a' + i)),
              "127.0.0.1:" + held.get(2 * i).getLocalPort(),
              "127.0.0.1:" + held.get(2 * i + 1).getLocalPort()));
    }
    for (ServerSocket one : held) {
      one.close();
    }
    for (MemberInfo member : members) {
      HostPort client = HostPort.parse("client", member.clientAddress(), 0);
      servers.add(
          TyerServer.start(
              new ServerConfig(
                  directory.resolve(member.id()),
                  "shop",
                  member.id(),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port()),
                  Optional.empty(),
                  "127.0.0.1:0",
                  members,
                  false,
                  new ClientSecurity.Plaintext(),
                  new PeerSecurity.Insecure(),
                  Optional.empty(),
                  DoorLimits.DEFAULT,
                  Optional.empty(),
                  Set.of(),
                  false)));
    }
  }

  private TyerServer leader() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < until) {
      for (TyerServer server : servers) {
        if (server.status().leading()) {
          return server;
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("nobody leads for 30 s");
  }

  private String status(TyerServer asked, String... more) {
    out.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("status", "--plaintext", "--server"));
    arguments.add("127.0.0.1:" + asked.port());
    arguments.addAll(List.of(more));
    int exit =
        new Console("tyer", new PrintWriter(out, true), new PrintWriter(err, true))
            .run(new ServerCommand(), arguments.toArray(String[]::new));
    assertThat(exit).as(err.toString()).isEqualTo(Exit.OK.code());
    return out.toString();
  }

  @Test
  void allAreAskedAndTheOneThatIsGoneIsShownSo() throws Exception {
    startThree();
    TyerServer first = leader();
    String all = status(servers.get(2));
    assertThat(all).startsWith("cluster shop, leader ").contains("member c was asked first");
    assertThat(all.lines().filter(line -> line.contains(" follows "))).hasSize(2);
    assertThat(all.lines().filter(line -> line.contains(" leads "))).hasSize(1);
    assertThat(all).doesNotContain("does not answer");

    servers.remove(first);
    String gone = first.status().self().id();
    first.close();
    TyerServer asked = leader();
    assertThat(status(asked))
        .containsPattern(
            "(?m)^  " + gone + " +does not answer at 127\\.0\\.0\\.1:\\d+: UNAVAILABLE");
    assertThat(status(asked, "--json"))
        .hasLineCount(1)
        .contains("\"leader\":\"" + asked.status().self().id() + "\"")
        .containsPattern("\\{\"id\":\"" + gone + "\"[^}]*\"reachable\":false");
  }
}
