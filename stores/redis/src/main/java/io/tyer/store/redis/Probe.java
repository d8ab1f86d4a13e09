package io.tyer.store.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A connection for a diagnosis, whose thread may wait. */
final class Probe<C extends StatefulConnection<String, String>> implements AutoCloseable {

  private final Wiring wiring;
  private final String where;
  private final C connection;

  private Probe(Wiring wiring, String where, C connection) {
    this.wiring = wiring;
    this.where = where;
    this.connection = connection;
  }

  /** Connects to a data server. */
  static Probe<StatefulRedisConnection<String, String>> of(Wiring wiring, HostPort server)
      throws StoreException {
    String where = server.toString();
    return new Probe<>(
        wiring,
        where,
        await(
            wiring,
            where,
            wiring.connect(client -> client.connectAsync(StringCodec.UTF8, wiring.uri(server)))));
  }

  /** Asks something, and waits for the answer. */
  <T> T ask(Function<C, CompletionStage<T>> question) throws StoreException {
    return await(wiring, where, question.apply(connection));
  }

  /** Waits for as long as connecting may take. */
  static <T> T await(Wiring wiring, String where, CompletionStage<T> answer) throws StoreException {
    try {
      return answer
          .toCompletableFuture()
          .get(wiring.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw wiring.explain(where, e);
    } catch (TimeoutException e) {
      throw Failures.unreachable(where, "no answer within " + wiring.connectTimeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.unreachable(where, "interrupted", e);
    }
  }

  @Override
  public void close() {
    wiring.close(connection);
  }
}
