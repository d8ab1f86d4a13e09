package io.tyer.testkit.versioned;

import java.util.concurrent.CompletableFuture;

/** Work on a thread of its own, which does not keep the JVM alive. */
final class Background {

  private Background() {}

  /** What is done. */
  interface Work {
    void run() throws Exception;
  }

  /** Begins, and completes as the work ends. */
  static CompletableFuture<Void> run(Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Exception | AssertionError e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
