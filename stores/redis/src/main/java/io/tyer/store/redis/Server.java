package io.tyer.store.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A server that scripts are sent to, over one connection shared by all who ask. */
final class Server {

  private final Wiring wiring;
  private final String description;
  private final Supplier<CompletionStage<Master>> whereabouts;
  private final BiPredicate<Request, String> redirect;
  private final Runnable onLoss;
  private final Connector<ServerConnection> connector;

  /**
   * A server not yet connected to.
   *
   * @param whereabouts where it is; asked before each connection
   * @param redirect takes a request that another server must be asked, or refuses to
   * @param onLoss told when a connection has broken, or could not be made
   */
  Server(
      Wiring wiring,
      String description,
      Supplier<CompletionStage<Master>> whereabouts,
      BiPredicate<Request, String> redirect,
      Runnable onLoss) {
    this.wiring = wiring;
    this.description = description;
    this.whereabouts = whereabouts;
    this.redirect = redirect;
    this.onLoss = onLoss;
    this.connector =
        new Connector<>(
            new Connector.Maker<>() {
              @Override
              public CompletionStage<ServerConnection> connect() {
                return Server.this.connect();
              }

              @Override
              public void discard(ServerConnection connection) {
                connection.close();
              }
            },
            failure -> {
              onLoss.run();
              return wiring.explain(description, failure);
            },
            wiring.surroundings(),
            wiring.connectTimeout(),
            wiring.operationTimeout());
  }

  String description() {
    return description;
  }

  Surroundings surroundings() {
    return wiring.surroundings();
  }

  Duration operationTimeout() {
    return wiring.operationTimeout();
  }

  void send(Request request) {
    ServerConnection connection = connector.current();
    if (connection != null) {
      if (connection.send(request)) {
        return;
      }
      lost(connection);
    }
    connector.use(
        made -> {
          if (!made.send(request)) {
            lost(made);
            request.failed(ServerConnection.closed(description));
          }
        },
        request::failed);
  }

  void sendAsking(Request request) {
    connector.use(made -> made.sendAsking(request), request::failed);
  }

  void use(Consumer<ServerConnection> then, Consumer<StoreException> failed) {
    connector.use(then, failed);
  }

  boolean redirected(Request request, String error) {
    return redirect.test(request, error);
  }

  /** Sends nothing more over a connection that works. */
  void replace(ServerConnection connection) {
    boolean unused = connector.lost(connection);
  }

  void lost(ServerConnection connection) {
    if (connector.lost(connection)) {
      onLoss.run();
    }
  }

  void close(StatefulRedisConnection<?, ?> connection) {
    wiring.close(connection);
  }

  void close() {
    connector.close();
  }

  private CompletionStage<ServerConnection> connect() {
    return whereabouts
        .get()
        .thenCompose(
            master -> {
              RedisURI uri = wiring.uri(master.at());
              return wiring
                  .connect(client -> client.connectAsync(ByteArrayCodec.INSTANCE, uri))
                  .thenCompose(lettuce -> introduce(lettuce, master.epoch()));
            });
  }

  private CompletionStage<ServerConnection> introduce(
      StatefulRedisConnection<byte[], byte[]> lettuce, long epoch) {
    CompletableFuture<ServerConnection> introduced = new CompletableFuture<>();
    AsyncCommand<byte[], byte[], String> info =
        new AsyncCommand<>(
            new Command<>(CommandType.INFO, new StatusOutput<>(ByteArrayCodec.INSTANCE)));
    var unused =
        info.whenComplete(
            (text, failure) -> {
              try {
                if (failure != null) {
                  throw failure;
                }
                ServerInfo server = ServerInfo.parse(text);
                wiring.requireUsable(description, server);
                ServerConnection connection =
                    new ServerConnection(this, lettuce, server.run(epoch));
                connection.start();
                introduced.complete(connection);
              } catch (Throwable e) {
                wiring.close(lettuce);
                introduced.completeExceptionally(e);
              }
            });
    var unusedToo = lettuce.dispatch(info);
    return introduced;
  }
}
