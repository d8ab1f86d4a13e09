package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a group of servers. One that ends is started again a while later, until all are
 * ended: so long that what the others do meanwhile is not disturbed by its start.
 */
final class Supervised implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Supervised.class);
  private static final long RESTART_SECONDS = 3;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(RESTART_SECONDS, TimeUnit.SECONDS);
  private static final long END_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Process> running = new ArrayList<>();
  private boolean closed;

  /** Starts one; what it prints is added to a file. */
  void start(List<String> command, Path output) throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      running.add(process);
      CompletableFuture<Void> unused =
          process.onExit().thenAcceptAsync(ended -> again(ended, command, output), LATER);
    } finally {
      lock.unlock();
    }
  }

  private void again(Process ended, List<String> command, Path output) {
    lock.lock();
    try {
      running.remove(ended);
      start(command, output);
    } catch (IOException e) {
      log.error("{} cannot be started again", command.get(0), e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends them all. */
  @Override
  public void close() throws IOException {
    List<Process> ending;
    lock.lock();
    try {
      closed = true;
      ending = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    ending.forEach(Process::destroy);
    try {
      for (Process process : ending) {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().onExit().join();
        }
      }
    } catch (InterruptedException e) {
      ending.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while servers were ending", e);
    }
  }
}
