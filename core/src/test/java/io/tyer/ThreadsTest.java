package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client's threads are daemons with known names, pin nothing, and end with it. */
@Timeout(180)
class ThreadsTest {

  private static List<Thread> own() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tyer-"))
        .toList();
  }

  @Test
  void areDaemonsThatPinNoClassLoaderAndEndWithTheClient() throws Exception {
    Await.until("other tests' threads ended", () -> own().isEmpty());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
      Thread.currentThread().setContextClassLoader(application);
      Tyer tyer = Tyer.open("memory:" + UUID.randomUUID());
      tyer.lock("a").acquireAsync().get(60, TimeUnit.SECONDS).close();
      assertThat(own())
          .isNotEmpty()
          .allSatisfy(
              thread -> {
                assertThat(thread.isDaemon()).isTrue();
                assertThat(thread.getContextClassLoader()).isNotSameAs(application);
              });
      tyer.close();
      Await.until("ended", () -> own().isEmpty());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void openingAndClosingManyClientsLeavesNone() {
    for (int i = 0; i < 200; i++) {
      Tyer.open("memory:" + UUID.randomUUID()).close();
    }
    Await.until("ended", () -> own().isEmpty());
  }
}
