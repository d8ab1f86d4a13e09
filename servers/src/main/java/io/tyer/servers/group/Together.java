package io.tyer.servers.group;

import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Members of a group wait for each other when they start. */
final class Together {

  private Together() {}

  /**
   * Starts those that are down, and returns when all answer.
   *
   * @throws IOException if one does not start
   */
  static void start(List<ServerProcess> processes) throws IOException {
    List<CompletableFuture<Void>> starting = new ArrayList<>();
    for (ServerProcess process : processes) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      starting.add(started);
      Thread thread = new Thread(() -> start(process, started), "start of " + process);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new IOException("the group did not start: " + e.getCause(), e);
    }
  }

  private static void start(ServerProcess process, CompletableFuture<Void> started) {
    try {
      process.start();
      started.complete(null);
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
    }
  }
}
