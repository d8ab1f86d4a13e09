package io.tyer.server.run;

/** The threads in which the log's engine goes on with what it has begun. */
final class CommonPool {

  private static final String SIZE = "java.util.concurrent.ForkJoinPool.common.parallelism";

  private CommonPool() {}

  /**
   * Has Java keep two threads for it also where there are but two processors. There it would start
   * a thread for each step of each entry. To be called before anything else; whoever has set the
   * property keeps it.
   */
  static void keepThreads() {
    if (System.getProperty(SIZE) == null && Runtime.getRuntime().availableProcessors() <= 2) {
      System.setProperty(SIZE, "2");
    }
  }
}
