package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.host.Tmpfs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Requires(Needs.MOUNTS)
class DiskFaultsTest {

  @TempDir private Path directory;

  private Tmpfs mount() throws Exception {
    return Tmpfs.mount(directory);
  }

  @Test
  void aFullDiskTakesNothingUntilItIsHealed() throws Exception {
    try (Tmpfs disk = mount()) {
      Path file = directory.resolve("file");
      Fault.Injury injury =
          Strikes.strike(DiskFaults.of(disk), FaultKind.DISK_FULL, 0, 0.5).orElseThrow();
      assertThatThrownBy(() -> Files.writeString(file, "x")).hasMessageContaining("space");
      injury.heal();
      assertThatCode(() -> Files.writeString(file, "x")).doesNotThrowAnyException();
    }
  }

  @Test
  void aReadOnlyDiskTakesNothingUntilItIsHealed() throws Exception {
    try (Tmpfs disk = mount()) {
      Path file = directory.resolve("file");
      Fault.Injury injury =
          Strikes.strike(DiskFaults.of(disk), FaultKind.READ_ONLY, 0, 0.5).orElseThrow();
      assertThatThrownBy(() -> Files.writeString(file, "x")).hasMessageContaining("Read-only");
      injury.heal();
      assertThatCode(() -> Files.writeString(file, "x")).doesNotThrowAnyException();
    }
  }

  @Test
  void nothingIsLeftMounted() throws Exception {
    mount().close();
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
  }
}
