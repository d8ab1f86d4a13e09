package io.tyer.server.run;

import io.tyer.command.Refusal;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server from its start to the end of the program. */
final class Serving {

  private static final long END_SECONDS = 20;
  private static final long MEBI = 1 << 20;

  private final Consumer<String> said;

  /**
   * Tells people what it does.
   *
   * @param said takes a line
   */
  Serving(Consumer<String> said) {
    this.said = said;
  }

  /** Returns when the server has stopped by itself; a signal ends it, and the program. */
  void run(ServerConfig config) throws InterruptedException {
    OutOfMemory.checkOption();
    TyerServer server;
    try {
      server = TyerServer.start(config);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    } catch (IOException e) {
      throw Refusal.unreachable(String.valueOf(e.getMessage()), e);
    }
    CountDownLatch closed = new CountDownLatch(1);
    Thread closing =
        new Thread(
            null,
            () -> {
              server.close();
              closed.countDown();
            },
            "tyer-server-end",
            0,
            false);
    Runtime.getRuntime().addShutdownHook(closing);
    said.accept(
        "member "
            + config.member()
            + " of "
            + config.cluster()
            + " listens for clients at "
            + server.address());
    said.accept(
        "its heap holds "
            + server.mostHeapBytes() / MEBI
            + " MiB of sessions and tickets; what would be more is refused");
    server.httpPort().ifPresent(port -> said.accept("and for plain HTTP at port " + port));
    server
        .developmentCertificate()
        .ifPresent(
            file ->
                said.accept(
                    "clients of this user find its certificate; others need a copy of " + file));
    try {
      server.stopped().get();
      // By a signal, while the program ends.
      boolean unused = closed.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw Refusal.unreachable("the server has stopped: " + why.getMessage(), why);
    }
  }
}
