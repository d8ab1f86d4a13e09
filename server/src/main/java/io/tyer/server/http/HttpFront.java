package io.tyer.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.Unread;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Uncaught;
import io.tyer.spi.Surroundings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients come in by plain HTTP/1.1: in front of one member, on one thread of its own. */
public final class HttpFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  private static final int LINE_BYTES = 4 * 1024;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int SECONDS_TO_LISTEN = 10;
  private static final int SECONDS_TO_CLOSE = 5;
  private static final int HANDSHAKE_SECONDS = 10;
  private static final long SWEEP_NANOS = Duration.ofSeconds(5).toNanos();

  private final Vertx vertx;
  private final Context context;
  private final HttpServer server;
  private final Surroundings surroundings;
  private final Guard guard;
  private final Group group;
  private final Waits waits;
  private final Watches watches;
  private final Connections connections;
  private final Unread unread;
  private final Api api;
  private final Dispatch dispatch;
  private volatile boolean closed;

  private HttpFront(
      Vertx vertx,
      HttpPlace place,
      HttpLimits limits,
      Guard guard,
      Surroundings surroundings,
      Optional<Supplier<String>> metrics) {
    this.vertx = vertx;
    this.surroundings = surroundings;
    this.guard = guard;
    context = vertx.getOrCreateContext();
    waits = new Waits(this::execute, limits);
    watches = new Watches(this::execute, limits);
    group = new Group(waits, watches);
    connections = new Connections(limits);
    unread = new Unread(limits.unreadBytes());
    api = new Api(group, waits, watches, guard, surroundings, this::execute, limits);
    Hosts hosts =
        new Hosts(
            place.hosts(),
            group::hosts,
            () -> place.tls().map(HttpTls::certificates).orElse(List.of()));
    dispatch = new Dispatch(api, hosts, metrics);
    server =
        vertx
            .createHttpServer(options(place.tls(), limits))
            .connectionHandler(this::connected)
            .invalidRequestHandler(this::unreadable)
            .requestHandler(this::requested);
  }

  /**
   * Listens for clients, who find no leader until {@link #serve} gives them a member.
   *
   * @param guard whom it lets in
   * @param surroundings outlive it
   * @param metrics asked for each request of {@code /metrics}, and answers at once; empty for none
   * @throws IOException if it cannot listen there
   */
  public static HttpFront open(
      HttpPlace place,
      HttpLimits limits,
      Guard guard,
      Surroundings surroundings,
      Optional<Supplier<String>> metrics)
      throws IOException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    HttpFront front = new HttpFront(vertx, place, limits, guard, surroundings, metrics);
    try {
      front.listen(place.listen());
    } catch (IOException | RuntimeException e) {
      front.close();
      throw e;
    }
    front.sweepLater();
    return front;
  }

  private static HttpServerOptions options(Optional<HttpTls> tls, HttpLimits limits) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setMaxInitialLineLength(LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES)
            .setHandle100ContinueAutomatically(true)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setIdleTimeout(Math.toIntExact(limits.longestWait().plus(limits.idle()).toSeconds()));
    tls.ifPresent(
        secured -> {
          options
              .setSsl(true)
              .setKeyCertOptions(KeyCertOptions.wrap(secured.keys()))
              .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
              .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
              .setSslHandshakeTimeout(HANDSHAKE_SECONDS);
          secured
              .trust()
              .ifPresent(
                  trust ->
                      options
                          .setTrustOptions(TrustOptions.wrap(trust))
                          .setClientAuth(ClientAuth.REQUIRED));
        });
    return options;
  }

  private void listen(InetSocketAddress listen) throws IOException {
    String host =
        listen.getAddress() == null ? listen.getHostString() : listen.getAddress().getHostAddress();
    try {
      var unused =
          await(
              server.listen(SocketAddress.inetSocketAddress(listen.getPort(), host)),
              SECONDS_TO_LISTEN);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "Cannot listen for HTTP at " + host + ":" + listen.getPort() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted before it could listen for HTTP", e);
    }
  }

  private static <T> T await(Future<T> future, int seconds)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }

  /**
   * On the one thread of all requests; nowhere once that has ended. Throws nothing: who calls may
   * be the thread that applies entries.
   */
  private void execute(Runnable task) {
    try {
      context.runOnContext(
          unused -> {
            try {
              task.run();
            } catch (RuntimeException | Error e) {
              Uncaught.tell(e);
              LOG.error("A request has failed", e);
            }
          });
    } catch (RejectedExecutionException ended) {
      LOG.debug("Nobody is left to be told", ended);
    }
  }

  /** Listens to a member, and lets clients to it; it is the caller's to close, after this. */
  public void serve(Replica replica) {
    guard.serve(replica);
    group.serve(replica);
  }

  /** The operator's token is another one now: what waits under the one before, leaves. */
  public void sendOperatorsAway() {
    waits.tokensChanged();
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** For tests: how many requests acquire now. */
  int waits() {
    return waits.count();
  }

  /** For tests: how many watch. */
  int watches() {
    return watches.count();
  }

  /** For tests: how many connections there are. */
  int connections() {
    return connections.count();
  }

  /** For tests: about how many bytes were sent to clients that have not read them yet. */
  long unreadBytes() {
    return unread.bytes();
  }

  private void connected(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      HeadLines.watch(base.channelHandlerContext().pipeline());
    }
    connections.add(connection, surroundings.nanoTime());
  }

  private void requested(HttpServerRequest request) {
    long now = surroundings.nanoTime();
    Connections.One connection = connections.get(request.connection());
    if (connection == null) {
      var unused = request.connection().close();
      return;
    }
    connection.begin();
    Call call = new Call(request, group, guard, now, connection.peer(), unread);
    request.response().exceptionHandler(broken -> call.gone());
    request.response().closeHandler(gone -> call.gone());
    request.response().endHandler(ended -> connection.end(surroundings.nanoTime()));
    if (connection.isTooMuch()) {
      call.response().putHeader("Connection", "close");
      call.refuse(
          new Problem(
              Problem.Type.UNAVAILABLE,
              "this server has as many connections as it takes, or your client has: use fewer"));
      var unused = request.connection().close();
      return;
    }
    new Incoming(api, request, call, body -> dispatch.take(request, call, body)).begin();
  }

  /** What is no request of HTTP, or longer than one may be. */
  private void unreadable(HttpServerRequest request) {
    Throwable why = request.decoderResult().cause();
    Problem problem;
    if (why instanceof TooLongHttpLineException) {
      problem =
          new Problem(
              Problem.Type.PATH_TOO_LONG,
              "method, path and query have at most " + LINE_BYTES + " bytes together");
    } else if (why instanceof TooLongHttpHeaderException) {
      problem =
          new Problem(
              Problem.Type.HEADERS_TOO_LONG, "headers have at most " + HEADER_BYTES + " bytes");
    } else {
      problem = Problem.bad("this is no request of HTTP/1.1, where each header stands on one line");
    }
    Call call = new Call(request, group, guard, surroundings.nanoTime(), "", unread);
    call.response().putHeader("Connection", "close");
    call.refuse(problem);
    var unused = request.connection().close();
  }

  private void sweepLater() {
    if (!closed) {
      api.later(
          SWEEP_NANOS,
          () -> {
            connections.sweep(surroundings.nanoTime());
            sweepLater();
          });
    }
  }

  /** Answers those that wait that they go elsewhere, and stops listening; within some seconds. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    execute(waits::close);
    watches.end();
    try {
      var unused = await(server.close(), SECONDS_TO_CLOSE);
      unused = await(vertx.close(), SECONDS_TO_CLOSE);
    } catch (ExecutionException | TimeoutException e) {
      // Its threads are daemons: whatever is left ends with the program.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
