package io.tyer.store.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests that count only once replicas have acknowledged them. WAIT blocks its connection, so
 * this one is used for nothing else; what is asked for meanwhile goes together with the next WAIT.
 */
final class ReplicatedLane {

  private final Server server;
  private final int replicas;
  private final long timeoutMillis;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private List<Request> next = new ArrayList<>();
  private boolean busy;

  ReplicatedLane(Server server, RedisAddress address) {
    this.server = server;
    this.replicas = address.replicas();
    this.timeoutMillis = address.replicasTimeout().toMillis();
  }

  void send(Request request) {
    List<Request> batch;
    lock.lock();
    try {
      next.add(request);
      if (busy) {
        return;
      }
      batch = take();
    } finally {
      lock.unlock();
    }
    send(batch);
  }

  /** Under the lock. */
  private List<Request> take() {
    List<Request> batch = next;
    next = new ArrayList<>();
    busy = true;
    return batch;
  }

  private void send(List<Request> batch) {
    Batch sent = new Batch(batch);
    server.use(
        connection -> connection.send(sent.held(), sent.waiting()),
        failure -> {
          batch.forEach(request -> request.failed(failure));
          goOn();
        });
  }

  private void goOn() {
    List<Request> batch;
    lock.lock();
    try {
      busy = false;
      if (next.isEmpty()) {
        return;
      }
      batch = take();
    } finally {
      lock.unlock();
    }
    send(batch);
  }

  void close() {
    server.close();
  }

  /** Some requests and the WAIT behind them. */
  private final class Batch {

    private final List<HeldAnswer> held;

    Batch(List<Request> requests) {
      held = requests.stream().map(HeldAnswer::new).toList();
    }

    List<Request> held() {
      return List.copyOf(held);
    }

    Command<byte[], byte[], Long> waiting() {
      CommandArgs<byte[], byte[]> args =
          new CommandArgs<>(ByteArrayCodec.INSTANCE).add(replicas).add(timeoutMillis);
      return new Command<>(CommandType.WAIT, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args) {
        private boolean ended;

        @Override
        public void complete() {
          super.complete();
          String error = getOutput().getError();
          Long acknowledged = getOutput().get();
          end(error == null && acknowledged != null ? acknowledged : -1, error);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
          boolean first = super.completeExceptionally(failure);
          end(-1, null);
          return first;
        }

        @Override
        public void cancel() {
          super.cancel();
          end(-1, null);
        }

        private void end(long acknowledged, @Nullable String error) {
          if (!ended) {
            ended = true;
            Batch.this.end(acknowledged, error);
          }
        }
      };
    }

    private void end(long acknowledged, @Nullable String error) {
      for (HeldAnswer request : held) {
        if (acknowledged >= replicas) {
          request.release();
        } else {
          request.refuse(tooFew(acknowledged, error));
        }
      }
      goOn();
    }
  }

  private StoreException tooFew(long acknowledged, @Nullable String error) {
    if (error != null) {
      return Failures.refused(server.description(), error);
    }
    String found = acknowledged < 0 ? "an unknown number" : String.valueOf(acknowledged);
    return Failures.unreachable(
        server.description(),
        found
            + " of the "
            + replicas
            + " replicas asked for acknowledged it within "
            + timeoutMillis
            + " ms; it was undone",
        null);
  }

  /** A request whose answer waits for the replicas. */
  private static final class HeldAnswer extends Request {

    private final Request request;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Object answer;
    private volatile @Nullable StoreException refusal;

    HeldAnswer(Request request) {
      super(request);
      this.request = request;
    }

    @Override
    void answered(Object value) {
      answer = value;
      StoreException late = refusal;
      if (late != null) {
        undo(late);
      }
    }

    @Override
    void failed(StoreException failure) {
      if (end()) {
        request.failed(failure);
      }
    }

    void release() {
      Object value = answer;
      if (value == null) {
        // It was sent once more, behind the WAIT, as the server did not know its script.
        refuse(
            Failures.unreachable(
                "a replica", "the server had forgotten the script; ask again", null));
      } else if (end()) {
        request.answered(value);
      }
    }

    void refuse(StoreException why) {
      refusal = why;
      if (answer != null) {
        undo(why);
      }
    }

    private void undo(StoreException why) {
      if (end()) {
        request.unacknowledged(why);
      }
    }

    private boolean end() {
      return ended.compareAndSet(false, true);
    }
  }
}
