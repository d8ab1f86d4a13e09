package io.tyer.server.run;

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
  int run(ServerConfig config) throws InterruptedException {
    TyerServer server;
    try {
      server = TyerServer.start(config);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
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
    server.httpPort().ifPresent(port -> said.accept("and for plain HTTP at port " + port));
    server
        .developmentCertificate()
        .ifPresent(
            file ->
                said.accept("clients of other users of this machine trust it by ?tls-ca=" + file));
    try {
      server.stopped().get();
      // By a signal, while the program ends.
      boolean unused = closed.await(END_SECONDS, TimeUnit.SECONDS);
      return Exit.DONE;
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new Refusal("the server has stopped: " + why.getMessage(), why);
    }
  }
}
