package io.tyer.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
@Requires({Needs.NETWORKS, Needs.BASH})
class BridgedHostsTest {

  /** Whether a ping from that host is answered. */
  private static boolean reaches(BridgedHosts hosts, int from, String to) throws Exception {
    List<String> command = new ArrayList<>(hosts.runOn(from));
    command.addAll(List.of("timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/" + to + "/9"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(said).isNotNull();
    // Nobody listens: who is reached refuses at once, who is not is waited for.
    return process.waitFor() != 124;
  }

  @Test
  void hostsReachEachOtherAndThisOneUnlessTheyAreCutOff() throws Exception {
    try (BridgedHosts hosts = BridgedHosts.create(2)) {
      assertThat(reaches(hosts, 0, hosts.addressOf(1))).isTrue();
      assertThat(reaches(hosts, 0, hosts.addressHere())).isTrue();
      Cut both = hosts.cut(0, hosts.addressOf(1), true, true);
      assertThat(reaches(hosts, 0, hosts.addressOf(1))).isFalse();
      assertThat(reaches(hosts, 0, hosts.addressHere())).as("this host").isTrue();
      both.join();
      Cut in = hosts.cut(0, hosts.addressOf(1), false, true);
      assertThat(reaches(hosts, 1, hosts.addressOf(0))).as("not heard").isFalse();
      in.join();
      assertThat(reaches(hosts, 1, hosts.addressOf(0))).isTrue();
      hosts.add(1);
      assertThat(reaches(hosts, 2, hosts.addressOf(0))).as("a later one").isTrue();
    }
    assertThat(NetworkInterface.networkInterfaces().map(NetworkInterface::getName))
        .noneMatch(name -> name.startsWith("tb" + ProcessHandle.current().pid()));
  }
}
