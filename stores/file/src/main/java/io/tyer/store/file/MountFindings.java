package io.tyer.store.file;

import io.tyer.spi.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** On what the directory lies: what kind of mount, how much room, what is lost with the power. */
final class MountFindings {

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final long FULL = 64 << 10;
  private static final long LITTLE = 16 << 20;
  private static final long FEW = 1000;

  private MountFindings() {}

  static List<Finding> of(Path directory) {
    List<Finding> findings = new ArrayList<>();
    try {
      FileStore mount = Files.getFileStore(directory);
      findings.add(kind(mount.type(), MountCheck.isLocal(directory)));
      findings.add(room(mount.getUsableSpace(), FreeInodes.of(directory)));
      if (mount.isReadOnly()) {
        findings.add(Finding.problem("mount", "it is mounted read-only", "mount it writable"));
      }
      findings.add(powerLoss(IN_MEMORY.contains(mount.type())));
    } catch (IOException e) {
      findings.add(Finding.warning("mount", "what is mounted there cannot be told: " + e, ""));
    }
    return findings;
  }

  static Finding kind(String type, boolean local) {
    return local
        ? Finding.ok("mount", type + ": everybody who uses it is on this machine")
        : Finding.warning(
            "mount",
            type + ": other machines may share it, and see late what is changed here",
            "switch caching of attributes off, or make it much shorter than the margin (NFS:"
                + " actimeo=1; sshfs: cache=no)");
  }

  static Finding room(long bytes, OptionalLong inodes) {
    String text =
        (bytes >> 20)
            + " MiB"
            + (inodes.isPresent() ? " and " + inodes.getAsLong() + " inodes" : "")
            + " are free";
    boolean none = inodes.isPresent() && inodes.getAsLong() == 0;
    if (bytes < FULL || none) {
      return Finding.problem("space", text, "free some: a full disk stops every change of a lock");
    }
    boolean few = inodes.isPresent() && inodes.getAsLong() < FEW;
    return bytes < LITTLE || few
        ? Finding.warning("space", text, "free some: a full disk stops every change of a lock")
        : Finding.ok("space", text);
  }

  private static Finding powerLoss(boolean inMemory) {
    return Finding.ok(
        "promises",
        inMemory
            ? "kill -9 at any instant loses nothing; with the power all of it goes, so nothing old"
                + " can come back"
            : "kill -9 at any instant loses nothing; loss of power is not covered: older records may"
                + " come back, and tokens repeat (a directory that is emptied at boot, as in /run,"
                + " prevents that)");
  }
}
