package io.tyer.servers.tyer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Members of a group wait for each other when they start. */
final class Together {

  private Together() {}

  static void start(List<TyerNode> nodes) throws IOException {
    List<CompletableFuture<Void>> starting = new ArrayList<>();
    for (TyerNode node : nodes) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      starting.add(started);
      Thread thread = new Thread(() -> start(node, started), "start of " + node);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new IOException("the group did not start: " + e.getCause(), e);
    }
  }

  private static void start(TyerNode node, CompletableFuture<Void> started) {
    try {
      node.process().start();
      started.complete(null);
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
    }
  }
}
