package io.tyer.example.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.example.frame.HostedDatabase;
import io.tyer.fence.StaleTokenException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes too late does not count. */
@Timeout(180)
class JobTableTest {

  private final HostedDatabase hosted = HostedDatabase.start();
  private final JobTable table = JobTable.create(hosted);
  private final String store = "memory:" + UUID.randomUUID();
  private final Tyer one = Tyer.open(store);
  private final Tyer other = Tyer.open(store);
  private final Job job = new Job(1, "mail", "text");

  JobTableTest() throws SQLException {}

  @BeforeEach
  void addTheJob() throws SQLException {
    table.add(job);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    hosted.close();
  }

  @Test
  void aLateWorkerDoesNotCount() throws Exception {
    Lease late = one.lock(job.lock()).acquire();
    Configuration configuration = table.begin(late, job).orElseThrow();
    assertThat(other.operator().removeNow(job.lock(), OptionalLong.empty())).isOne();
    try (Lease next = other.lock(job.lock()).acquire()) {
      assertThat(table.begin(next, job)).isPresent();
      // Before the next one has done anything but begun.
      assertThatThrownBy(() -> table.complete(late, job, configuration, "late", "by the late one"))
          .isInstanceOf(StaleTokenException.class);
      assertThat(table.complete(next, job, configuration, "next", "by the next one")).isTrue();
    }
    assertThatThrownBy(() -> table.complete(late, job, configuration, "late", "by the late one"))
        .isInstanceOf(StaleTokenException.class);
    assertThat(table.doneBy()).isEqualTo(Map.of("next", 1L));
    assertThat(table.results()).containsExactly(1L, 1L);
  }

  @Test
  void whatWasBegunByAnOldConfigurationDoesNotCount() throws Exception {
    try (Lease lease = one.lock(job.lock()).acquire()) {
      Configuration old = table.begin(lease, job).orElseThrow();
      // As when its read lease has been lost while it was paused.
      assertThat(Worker.configure(other, table, "new", Duration.ZERO)).isTrue();
      assertThat(table.complete(lease, job, old, "late", "by the old one")).isFalse();
      assertThat(table.open()).isOne();
    }
    try (Lease lease = other.lock(job.lock()).acquire()) {
      Configuration changed = table.begin(lease, job).orElseThrow();
      assertThat(changed).isEqualTo(new Configuration(2, "new"));
      assertThat(table.complete(lease, job, changed, "next", "by the new one")).isTrue();
      assertThat(table.begin(lease, job)).isEmpty();
    }
    assertThat(table.results()).containsExactly(1L, 1L);
  }
}
