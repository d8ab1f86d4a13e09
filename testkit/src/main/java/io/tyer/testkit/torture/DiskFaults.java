package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What happens to the file system that holds the store: one thing at a time. */
final class DiskFaults {

  private final Tmpfs disk;
  private final AtomicBoolean claimed = new AtomicBoolean();

  private DiskFaults(Tmpfs disk) {
    this.disk = disk;
  }

  static Map<FaultKind, Fault> of(Tmpfs disk) {
    DiskFaults faults = new DiskFaults(disk);
    return Map.of(
        FaultKind.DISK_FULL, faults::fill,
        FaultKind.READ_ONLY, faults::protect);
  }

  private Optional<Fault.Injury> fill(Blow blow) throws IOException {
    if (!claimed.compareAndSet(false, true)) {
      return Optional.empty();
    }
    disk.fill();
    return injury(blow, disk::empty);
  }

  /** Refused by the system while anybody has a file open for writing: tried again for a while. */
  private Optional<Fault.Injury> protect(Blow blow) throws IOException, InterruptedException {
    if (!claimed.compareAndSet(false, true)) {
      return Optional.empty();
    }
    Signals never = new Signals();
    for (int attempt = 0; attempt < 50; attempt++) {
      try {
        disk.writable(false);
        return injury(blow, () -> disk.writable(true));
      } catch (IOException e) {
        never.pause(1_000_000L * attempt);
      }
    }
    claimed.set(false);
    return Optional.empty();
  }

  /** Undoes. */
  private interface Undoing {
    void run() throws IOException, InterruptedException;
  }

  private Optional<Fault.Injury> injury(Blow blow, Undoing undoing) {
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return "for " + blow.durationMillis() + " ms";
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            try {
              undoing.run();
            } finally {
              claimed.set(false);
            }
          }
        });
  }
}
