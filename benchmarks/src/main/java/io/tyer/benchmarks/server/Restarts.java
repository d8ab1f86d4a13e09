package io.tyer.benchmarks.server;

import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes of a group again that have ended, a while later: so long that what the others do
 * meanwhile is not disturbed by the start.
 */
final class Restarts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Restarts.class);
  private static final long SECONDS = 3;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS);

  private volatile boolean closed;

  private Restarts() {}

  /** Of these, which run. */
  static Restarts of(List<ServerProcess> processes) {
    Restarts restarts = new Restarts();
    processes.forEach(restarts::watch);
    return restarts;
  }

  private void watch(ServerProcess process) {
    CompletableFuture<Void> unused =
        process.pid().stream()
            .mapToObj(ProcessHandle::of)
            .flatMap(Optional::stream)
            .findFirst()
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRunAsync(() -> again(process), LATER);
  }

  private void again(ServerProcess process) {
    if (closed) {
      return;
    }
    try {
      process.start();
      watch(process);
    } catch (IOException e) {
      if (!closed) {
        log.error("{} cannot be started again", process, e);
      }
    }
  }

  /** Whoever ends from now on stays down. */
  @Override
  public void close() {
    closed = true;
  }
}
