package io.tyer.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.tyer.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The channels of this client's sessions, all on one connection. When it breaks they are listened
 * to again on the next one, and told that messages may have been lost.
 */
final class Inboxes {

  /** Receives what is published to one session. */
  interface Inbox {
    void message(byte[] message);

    /** Messages may have been lost. */
    void gap();
  }

  private final Wiring wiring;
  private final String description;
  private final Topology topology;
  private final ConcurrentHashMap<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Connector<Listening> connector;

  Inboxes(Wiring wiring, String description, Topology topology) {
    this.wiring = wiring;
    this.description = description;
    this.topology = topology;
    this.connector =
        new Connector<>(
            new Connector.Maker<>() {
              @Override
              public CompletionStage<Listening> connect() {
                return Inboxes.this.connect();
              }

              @Override
              public void discard(Listening connection) {
                connection.close();
              }
            },
            failure -> wiring.explain(description, failure),
            wiring.surroundings(),
            wiring.connectTimeout(),
            wiring.operationTimeout());
  }

  /** Listens to a channel; answers when the server has heard it. */
  void open(byte[] channel, Inbox inbox, Runnable then, Consumer<StoreException> failed) {
    inboxes.put(key(channel), inbox);
    connector.use(
        listening -> listening.subscribe(channel, then, failed),
        failure -> {
          inboxes.remove(key(channel));
          failed.accept(failure);
        });
  }

  /** Listens no more; goes on when the server has heard it, or cannot. */
  void close(byte[] channel, Runnable then) {
    boolean known = inboxes.remove(key(channel)) != null;
    Listening listening = connector.current();
    if (known && listening != null) {
      listening.unsubscribe(channel, then);
    } else {
      then.run();
    }
  }

  /** Finds out whether the connection still works; called now and then. */
  void verify() {
    Listening listening = connector.current();
    if (listening == null) {
      if (!inboxes.isEmpty()) {
        connector.use(made -> {}, failure -> {});
      }
    } else {
      listening.verify();
    }
  }

  void close() {
    inboxes.clear();
    connector.close();
  }

  private static String key(byte[] channel) {
    return new String(channel, StandardCharsets.ISO_8859_1);
  }

  private CompletionStage<Listening> connect() {
    return topology
        .forInbox()
        .thenCompose(
            where -> {
              RedisURI uri = wiring.uri(where);
              return wiring.connect(
                  client -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri));
            })
        .thenApply(Listening::new);
  }

  /** One connection, until it breaks. */
  private final class Listening {

    private final StatefulRedisPubSubConnection<byte[], byte[]> lettuce;
    private final AtomicBoolean owed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean open = true;

    Listening(StatefulRedisPubSubConnection<byte[], byte[]> lettuce) {
      this.lettuce = lettuce;
      lettuce.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] channel, byte[] message) {
              Inbox inbox = inboxes.get(key(channel));
              if (inbox != null) {
                inbox.message(message);
              }
            }
          });
      lettuce.addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
              broken();
            }
          });
      inboxes.forEach((channel, inbox) -> again(channel, inbox));
      if (!lettuce.isOpen()) {
        broken();
      }
    }

    private void again(String channel, Inbox inbox) {
      var unused =
          lettuce
              .async()
              .subscribe(channel.getBytes(StandardCharsets.ISO_8859_1))
              .whenComplete(
                  (none, failure) -> {
                    if (failure == null) {
                      inbox.gap();
                    }
                  });
    }

    void subscribe(byte[] channel, Runnable then, Consumer<StoreException> failed) {
      if (!open) {
        connector.lost(this);
      }
      AtomicBoolean ended = new AtomicBoolean();
      var limit =
          wiring
              .surroundings()
              .schedule(
                  wiring.operationTimeout().toNanos(),
                  () -> {
                    if (ended.compareAndSet(false, true)) {
                      close();
                      failed.accept(Failures.unreachable(description, "it does not answer", null));
                    }
                  });
      var unused =
          lettuce
              .async()
              .subscribe(channel)
              .whenComplete(
                  (none, failure) -> {
                    if (!ended.compareAndSet(false, true)) {
                      return;
                    }
                    limit.cancel();
                    if (failure == null) {
                      then.run();
                    } else {
                      inboxes.remove(key(channel));
                      failed.accept(wiring.explain(description, failure));
                    }
                  });
    }

    void unsubscribe(byte[] channel, Runnable then) {
      AtomicBoolean ended = new AtomicBoolean();
      Runnable once =
          () -> {
            if (ended.compareAndSet(false, true)) {
              then.run();
            }
          };
      var limit =
          wiring.surroundings().schedule(wiring.operationTimeout().dividedBy(4).toNanos(), once);
      var unused =
          lettuce
              .async()
              .unsubscribe(channel)
              .whenComplete(
                  (none, failure) -> {
                    limit.cancel();
                    once.run();
                  });
    }

    void verify() {
      if (!open) {
        connector.lost(this);
        return;
      }
      if (!owed.compareAndSet(false, true)) {
        return;
      }
      var limit = wiring.surroundings().schedule(wiring.operationTimeout().toNanos(), this::close);
      var unused =
          lettuce
              .async()
              .ping()
              .whenComplete(
                  (pong, failure) -> {
                    limit.cancel();
                    owed.set(false);
                  });
    }

    private void broken() {
      open = false;
      closed.set(true);
      connector.lost(this);
    }

    void close() {
      open = false;
      if (closed.compareAndSet(false, true)) {
        wiring.close(lettuce);
      }
      connector.lost(this);
    }
  }
}
