package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock server's members, each on a host of its own. */
@Timeout(300)
@Tag("full")
@Requires({Needs.NETWORKS, Needs.MOUNTS, Needs.FAKETIME})
class TortureMembersTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  @TempDir private Path directory;
  private final Command command = new Command();

  @Test
  void membersStandPartitionsAndAFullDisk() throws IOException {
    assertThat(
            command.torture(
                directory,
                SEED,
                "--server",
                "tyer-hosts",
                "--seconds",
                "8",
                "--workers",
                "2",
                "--faults",
                "server-partition,disk-full,server-clock"))
        .as(command::everything)
        .isZero();
    assertThat(command.out()).contains("server-partition: m").contains("disk-full: m");
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    assertThat(NetworkInterface.networkInterfaces().map(NetworkInterface::getName))
        .noneMatch(name -> name.startsWith("tb" + ProcessHandle.current().pid()));
  }
}
