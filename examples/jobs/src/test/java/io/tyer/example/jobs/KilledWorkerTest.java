package io.tyer.example.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.HostedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies in the middle of its job. */
@Timeout(180)
class KilledWorkerTest {

  @Test
  void itsJobIsDoneByAnotherWhenItsLocksAreFree(@TempDir Path directory) throws Exception {
    String store = "file:" + directory;
    try (HostedDatabase database = HostedDatabase.start();
        Tyer tyer = Tyer.open(store)) {
      JobTable table = JobTable.create(database);
      table.add(new Job(1, "mail", "text"));
      try (ChildProcess killed =
          WorkerProcess.start(line -> {}, "killed", store, database, Duration.ZERO, 1)) {
        assertThat(killed.exitCode()).isEqualTo(ChildProcess.KILLED);
      }
      assertThat(table.open()).isOne();
      Worker other =
          new Worker(
              "other",
              tyer,
              table,
              List.of("mail"),
              1, // the killed one had a permit, too
              Duration.ofSeconds(10),
              (job, configuration) -> "done");
      while (!other.workOnce()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      assertThat(table.doneBy()).isEqualTo(Map.of("other", 1L));
      assertThat(table.results()).containsExactly(1L, 1L);
    }
  }
}
