package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdKind;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command line on a member of etcd, as processes. */
@Tag("full")
@Requires(Needs.ETCD)
class EtcdTest extends OnServerTest<EtcdCluster> {

  @Override
  EtcdCluster start(Path home) throws IOException {
    return new EtcdKind().start(home);
  }

  @Override
  List<String> topics() {
    return List.of("transport", "member", "rights", "open", "beat", "lock", "wake-up");
  }

  @Override
  List<String> jargon() {
    return List.of("io.grpc", "StatusRuntimeException");
  }

  @Test
  void badOptionsAreTheStoresToRefuse() {
    assertThat(shell.tyer("locks", "--store", server.address() + "?nosuch=1").await(64).err())
        .contains("nosuch");
    assertThat(shell.tyer("locks", "--store", "etcd:host").await(64).err()).contains("etcd://");
  }

  @Test
  void aPasswordIsShownToNobody() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    String address = server.address().replace("etcd://", "etcd://me@");
    shell.with("TYER_STORE", address);
    Shell.Started run =
        shell.tyer("run", "--password-file", file.toString(), "a", "--", "env").await(0);
    assertThat(run.out()).contains("TYER_STORE=" + address).doesNotContain(PASSWORD);
  }
}
