package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is stopped while it holds, for longer than its TTL, and goes on. */
class StoppedProcessTest {

  @TempDir Path store;

  @Test
  void itsLockGoesOnAfterItsTtlAndItLearnsOfThat() throws Exception {
    try (ChildJvm holder = ChildJvm.start(Holder.class, store, Clients.SHORT.toMillis());
        Tyer tyer = Clients.open(store, Clients.LONG)) {
      assertThat(holder.ask("open")).isEqualTo("open");
      long token = Long.parseLong(holder.ask("acquire a"));
      holder.signal("STOP");
      long next;
      try (Lease lease = tyer.lock("a").acquire()) {
        next = lease.token();
        assertThat(next).isGreaterThan(token);
        holder.signal("CONT");
        assertThat(holder.ask("valid a")).isEqualTo("false");
        assertThat(holder.ask("try a")).isEqualTo("busy");
        lease.checkValid();
      }
      assertThat(Long.parseLong(holder.ask("acquire a"))).isGreaterThan(next);
    }
  }
}
