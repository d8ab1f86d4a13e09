package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
@Requires({Needs.NETWORKS, Needs.BASH})
class PartitionFaultTest {

  /** Whether a process on that host can connect to this one. */
  private static boolean reaches(Netns hosts, int host, int port) throws Exception {
    List<String> command = new ArrayList<>(hosts.runOn(host));
    command.addAll(
        List.of(
            "timeout",
            "3",
            "bash",
            "-c",
            "exec 3<>/dev/tcp/" + hosts.gatewayOf(host) + "/" + port));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] unused = process.getInputStream().readAllBytes();
    assertThat(unused).isNotNull();
    return process.waitFor() == 0;
  }

  @Test
  void aHostThatIsCutOffReachesItsStoreNoMoreUntilItIsHealed() throws Exception {
    try (Netns hosts = Netns.create(2);
        ServerSocket store = listening();
        ServerSocket resource = listening()) {
      int port = store.getLocalPort();
      PartitionFault fault = new PartitionFault(new ProxiedHosts(hosts, host -> port));
      for (double size : new double[] {0.1, 0.5, 0.9}) {
        assertThat(reaches(hosts, 0, port)).isTrue();
        Fault.Injury injury =
            fault.strike(new Blow(0, FaultKind.PARTITION, 0, 1_000, size)).orElseThrow();
        assertThat(reaches(hosts, 0, port)).as(injury.description()).isFalse();
        assertThat(reaches(hosts, 1, port)).as("the other host").isTrue();
        assertThat(reaches(hosts, 0, resource.getLocalPort())).as("the resource").isTrue();
        injury.heal();
      }
      assertThat(reaches(hosts, 0, port)).isTrue();
    }
    assertThat(namespaces()).doesNotContain("tt" + ProcessHandle.current().pid() + "-");
  }

  private static ServerSocket listening() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress("0.0.0.0", 0));
    return socket;
  }

  private static String namespaces() throws IOException {
    return new String(
        new ProcessBuilder("ip", "netns", "list").start().getInputStream().readAllBytes(),
        StandardCharsets.UTF_8);
  }
}
