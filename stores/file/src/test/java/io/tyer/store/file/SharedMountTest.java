package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.host.SshMounts;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole clients on two mounts of one directory, where locks of the operating system do not hold.
 */
@Requires(Needs.SSHFS)
class SharedMountTest {

  private static final int ROUNDS = 10;

  @TempDir Path base;

  private SshMounts mounts;

  @BeforeEach
  void mount() throws Exception {
    mounts = SshMounts.make(base, 2);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounts != null) {
      mounts.close();
    }
  }

  @Test
  void whatTheSystemLocksTwiceIsLockedOnce() throws Exception {
    List<FileLock> granted = new ArrayList<>();
    for (Path mount : mounts.paths()) {
      FileChannel channel =
          FileChannel.open(
              mount.resolve("os-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      granted.add(channel.tryLock());
    }
    assertThat(granted).as("locks of the operating system").hasSize(2).doesNotContainNull();
    for (FileLock lock : granted) {
      lock.acquiredBy().close();
    }

    AtomicInteger holders = new AtomicInteger();
    AtomicLong last = new AtomicLong();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    try (Tyer one = Clients.open(mounts.paths().get(0).resolve("store"), Clients.LONG);
        Tyer two = Clients.open(mounts.paths().get(1).resolve("store"), Clients.LONG);
        Tyer served = Clients.open(mounts.served().resolve("store"), Clients.LONG)) {
      for (Tyer tyer : List.of(one, two, served)) {
        running.add(CompletableFuture.runAsync(() -> rounds(tyer, holders, last)));
      }
      for (CompletableFuture<Void> each : running) {
        Clients.get(each);
      }
      Lease lease = one.lock("a").acquire();
      assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(served.lock("a").tryAcquire().asOptional()).isEmpty();
      lease.close();
    }
    Clients.assertNothingLeft(mounts.served().resolve("store"));
  }

  private static void rounds(Tyer tyer, AtomicInteger holders, AtomicLong last) {
    for (int i = 0; i < ROUNDS; i++) {
      try (Lease lease = tyer.lock("a").acquireUninterruptibly()) {
        assertThat(holders.incrementAndGet()).isEqualTo(1);
        assertThat(last.getAndSet(lease.token())).isLessThan(lease.token());
        holders.decrementAndGet();
      }
    }
  }
}
