package io.tyer.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.network.HostPort;
import io.tyer.store.network.TlsFailures;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How servers are connected to: what the address says of users and TLS, and the client library. */
final class Wiring implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Wiring.class);
  private static final TlsFailures TLS_FAILURES =
      new TlsFailures("redis", "use the name that the certificate has, or tls-verify=ca");
  private static final long CLOSE_SECONDS = 2;
  private static final long OVERTAKEN_PAUSE_NANOS = 20_000_000;
  private static final int OVERTAKEN_ATTEMPTS = 3;

  private final RedisAddress address;
  private final Settings settings;
  private final UnaryOperator<HostPort> detour;
  private final RedisClient client;
  private final AtomicBoolean released = new AtomicBoolean();
  private final Set<CompletableFuture<Void>> beingMade = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Wiring by an address.
   *
   * @param detour by which way each server is reached; for tests
   */
  Wiring(RedisAddress address, Settings settings, UnaryOperator<HostPort> detour) {
    this.address = address;
    this.settings = settings;
    this.detour = detour;
    this.client = RedisClient.create(Threads.SHARED.take());
    client.setOptions(options());
  }

  private ClientOptions options() {
    ClientOptions.Builder options =
        ClientOptions.builder()
            // A broken connection is not made whole under requests that may have had their effect.
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP2)
            .pingBeforeActivateConnection(false)
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(settings.connectTimeout())
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build());
    if (address.tls()) {
      options.sslOptions(ssl());
    }
    return options.build();
  }

  private SslOptions ssl() {
    SslOptions.Builder ssl =
        SslOptions.builder()
            .jdkSslProvider()
            .protocols("TLSv1.3", "TLSv1.2")
            .handshakeTimeout(settings.connectTimeout());
    if (address.authorities() != null) {
      ssl.trustManager(address.authorities().toFile());
    }
    if (address.certificate() != null && address.certificateKey() != null) {
      ssl.keyManager(
          address.certificate().toFile(), address.certificateKey().toFile(), new char[0]);
    }
    return ssl.build();
  }

  /** How a data server is connected to. */
  RedisURI uri(HostPort where) {
    return uri(where, address.user(), address.password(), address.database());
  }

  /** How a sentinel is connected to. */
  RedisURI sentinelUri(HostPort where) {
    return uri(where, address.sentinelUser(), address.sentinelPassword(), 0);
  }

  private RedisURI uri(
      HostPort where, @Nullable String user, @Nullable String password, int database) {
    HostPort by = detour.apply(where);
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(by.host())
            .withPort(by.port())
            .withDatabase(database)
            .withTimeout(settings.connectTimeout());
    if (address.tls()) {
      uri.withSsl(true).withVerifyPeer(address.verifies() ? SslVerifyMode.FULL : SslVerifyMode.CA);
    }
    if (password != null) {
      // A provider whose answer is there at once: after others the library goes on in a thread of
      // its own, where it may see the connection that a refusal closes before the refusal.
      uri.withAuthentication(new StaticCredentialsProvider(user, password.toCharArray()));
    }
    return uri.build();
  }

  /** From now on connections are closed with this alone; what is yet made, as soon as it is. */
  void closing() {
    closed = true;
  }

  /**
   * Makes a connection, unless this is closed. The library is not shut down before it is made or
   * has failed: a socket that its threads are just about to connect would be left open.
   */
  @SuppressWarnings("CollectionUndefinedEquality") // by identity, which is what is wanted
  <C extends StatefulConnection<?, ?>> CompletionStage<C> connect(
      Function<RedisClient, ? extends CompletionStage<C>> how) {
    CompletableFuture<Void> mark = new CompletableFuture<>();
    beingMade.add(mark);
    return attempt(how, OVERTAKEN_ATTEMPTS)
        .thenApply(this::made)
        .whenComplete(
            (connection, failure) -> {
              beingMade.remove(mark);
              mark.complete(null);
            });
  }

  private <C extends StatefulConnection<?, ?>> CompletableFuture<C> attempt(
      Function<RedisClient, ? extends CompletionStage<C>> how, int more) {
    // The library's own futures do not know all that a CompletableFuture can do.
    CompletableFuture<C> attempted = new CompletableFuture<>();
    if (closed) {
      attempted.completeExceptionally(refused("this store is closed"));
      return attempted;
    }
    try {
      var unused =
          how.apply(client)
              .whenComplete(
                  (connection, failure) -> {
                    if (failure == null) {
                      attempted.complete(connection);
                    } else {
                      attempted.completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException e) {
      attempted.completeExceptionally(e);
    }
    return attempted.exceptionallyCompose(
        failure ->
            more > 0 && wasOvertaken(failure)
                ? afterAPause().thenCompose(now -> attempt(how, more - 1))
                : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Void> afterAPause() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Surroundings surroundings = settings.surroundings();
    var unused =
        surroundings.schedule(
            OVERTAKEN_PAUSE_NANOS, () -> surroundings.io().execute(() -> over.complete(null)));
    return over;
  }

  /**
   * Whether the server refused so fast that the library, which asks for its handshake only after
   * that, no longer found it; what the server said is lost.
   */
  private static boolean wasOvertaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalStateException) {
        return true;
      }
    }
    return false;
  }

  private <C extends StatefulConnection<?, ?>> C made(C connection) {
    if (closed && connection.isOpen()) {
      var unused = connection.closeAsync();
    }
    return connection;
  }

  /** Closes one connection. */
  void close(StatefulConnection<?, ?> connection) {
    if (!closed && connection.isOpen()) {
      var unused = connection.closeAsync();
    }
  }

  RedisAddress address() {
    return address;
  }

  Surroundings surroundings() {
    return settings.surroundings();
  }

  Duration operationTimeout() {
    return settings.operationTimeout();
  }

  Duration connectTimeout() {
    return settings.connectTimeout();
  }

  /**
   * Refuses a server that cannot keep locks.
   *
   * @throws StoreException saying why, and what would be right
   */
  void requireUsable(String where, ServerInfo server) throws StoreException {
    if (server.run().isEmpty()) {
      throw refused(where + " does not say its run id (INFO server), which locks need");
    }
    if (!server.isNewEnough()) {
      throw refused(where + " is " + server.product() + "; locks need Redis 6.2 or later");
    }
    boolean cluster = address.kind() == RedisAddress.Kind.CLUSTER;
    if (server.isClusterNode() && !cluster) {
      throw refused(where + " is a node of a cluster: its address begins with redis-cluster://");
    }
    if (!server.isClusterNode() && cluster) {
      throw refused(where + " is not a node of a cluster: its address begins with redis://");
    }
    if (!server.isMaster()) {
      if (address.kind() == RedisAddress.Kind.SINGLE) {
        throw refused(
            where + " is a read-only replica; give the master's address, or redis-sentinel://");
      }
      throw Failures.unreachable(where, "it is no longer the master", null);
    }
  }

  private static StoreException refused(String what) {
    return new StoreException(StoreException.Kind.REFUSED, what);
  }

  /** Why no connection could be made. */
  StoreException explain(String where, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException known) {
        return known;
      }
      if (cause instanceof RedisCommandExecutionException
          && cause.getMessage() != null
          && isRefusal(cause.getMessage())) {
        return Failures.refused(where, cause.getMessage());
      }
    }
    String tls = TLS_FAILURES.explain(failure, address.certificate() != null);
    if (tls != null) {
      return refused(where + ": " + tls);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getMessage();
    return Failures.unreachable(
        where, (why == null ? root.getClass().getSimpleName() : why) + hint(root), failure);
  }

  /** One who speaks TLS and one who does not understand each other only that far. */
  private String hint(Throwable root) {
    if (address.tls()) {
      return root instanceof TimeoutException
          ? "; if it does not speak TLS at this port, the address begins with redis"
          : "";
    }
    return String.valueOf(root.getMessage()).contains("closed prematurely")
        ? "; if it speaks TLS at this port, the address begins with rediss"
        : "";
  }

  private static boolean isRefusal(String error) {
    return switch (Failures.code(error)) {
      case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "LOADING", "BUSY", "MASTERDOWN", "ERR" ->
          true;
      default -> false;
    };
  }

  /** Once: the threads are counted. */
  @Override
  public void close() {
    closed = true;
    if (!released.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<?>[] pending = beingMade.toArray(CompletableFuture[]::new);
    CompletableFuture<Void> ended =
        CompletableFuture.allOf(pending)
            .thenCompose(none -> client.shutdownAsync(0, CLOSE_SECONDS, TimeUnit.SECONDS))
            .whenComplete((none, failure) -> Threads.SHARED.giveBack());
    if (pending.length > 0) {
      // Not to be waited for: a server that does not answer takes all of the connect time-out.
      return;
    }
    try {
      ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("connections to {} may still be open", address, e);
    }
  }
}
