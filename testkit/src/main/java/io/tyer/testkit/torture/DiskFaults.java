package io.tyer.testkit.torture;

import io.tyer.testkit.host.Tmpfs;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What happens to the file system that holds the store: one thing at a time. */
final class DiskFaults {

  private static final int ATTEMPTS = 50;

  private final Tmpfs disk;
  private final Claim claim = new Claim();

  private DiskFaults(Tmpfs disk) {
    this.disk = disk;
  }

  static Map<FaultKind, Fault> of(Tmpfs disk) {
    DiskFaults faults = new DiskFaults(disk);
    return Map.of(
        FaultKind.DISK_FULL, faults::fill,
        FaultKind.READ_ONLY, faults::protect);
  }

  private Optional<Fault.Injury> fill(Blow blow) throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          disk.fill();
          return new Claim.Done("for " + blow.durationMillis() + " ms", disk::empty);
        });
  }

  /** Refused by the system while anybody has a file open for writing: tried again for a while. */
  private Optional<Fault.Injury> protect(Blow blow) throws IOException, InterruptedException {
    try {
      return claim.strike(
          blow,
          () -> {
            protect();
            return new Claim.Done(
                "for " + blow.durationMillis() + " ms", () -> disk.writable(true));
          });
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void protect() throws IOException, InterruptedException {
    Signals never = new Signals();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        disk.writable(false);
        return;
      } catch (IOException e) {
        never.pause(1_000_000L * attempt);
      }
    }
    disk.writable(false);
  }
}
