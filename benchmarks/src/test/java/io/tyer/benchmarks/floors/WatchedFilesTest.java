package io.tyer.benchmarks.floors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WatchedFilesTest {

  private static final int PAIRS = 2_000;

  @TempDir private Path directory;

  private final ExecutorService players = Executors.newFixedThreadPool(2);

  @Test
  void whoWaitsNextMayComeBeforeWhoWasGrantedIsNoLongerShown() throws Exception {
    Subject watched = new WatchedFiles(Address.parse("watched:" + directory));
    try (Client one = watched.open();
        Client other = watched.open()) {
      Future<?> here = players.submit(() -> pairs(one.mutex("name")));
      Future<?> there = players.submit(() -> pairs(other.mutex("name")));
      here.get();
      there.get();
      assertThat(one.waiting("name")).isZero();
    } finally {
      players.shutdownNow();
    }
  }

  private static boolean pairs(Mutex mutex) throws Exception {
    for (int i = 0; i < PAIRS; i++) {
      mutex.acquire().release();
    }
    return true;
  }
}
