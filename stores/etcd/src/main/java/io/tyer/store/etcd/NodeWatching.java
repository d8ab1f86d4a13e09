package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeResponse;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The watch of one node, which is told at most once. */
final class NodeWatching implements Cancellable {

  private final Calls calls;
  private final Watches watches;
  private final ByteString key;
  private final NodeWatch watch;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Cancellable> begun = new AtomicReference<>();

  NodeWatching(Calls calls, Watches watches, ByteString key, NodeWatch watch) {
    this.calls = calls;
    this.watches = watches;
    this.key = key;
    this.watch = watch;
  }

  /** Looks at the node, and watches it if it is there. */
  void look(Reply<Optional<NodeBody>> reply) {
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.read(key),
        Replies.then(
            reply,
            (RangeResponse answer) -> {
              Optional<NodeBody> body = EtcdLines.bodyIn(answer);
              reply.done(body);
              if (body.isPresent()) {
                since(body.get().version());
              }
            }));
  }

  /** Watches it, which had this version when it was looked at. */
  void since(long version) {
    if (over.get()) {
      return;
    }
    begun.set(watches.watch(key, null, 0, watcher(version)));
    if (over.get()) {
      cancel();
    }
  }

  private Watches.Watcher watcher(long version) {
    return new Watches.Watcher() {
      /** What has happened between the look and now is found out by another look. */
      @Override
      public void began() {
        compare(version, () -> {});
      }

      @Override
      public void happened(List<Event> what) {
        tell(what.get(what.size() - 1).getType() == Event.EventType.DELETE);
      }

      /** What it was to go on with was compacted: nothing need have happened since. */
      @Override
      public void lost(String why) {
        compare(version, () -> since(version));
      }
    };
  }

  private void compare(long version, Runnable same) {
    if (over.get()) {
      return;
    }
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.read(key),
        new Reply<RangeResponse>() {
          @Override
          public void done(RangeResponse answer) {
            Optional<NodeBody> now = EtcdLines.bodyIn(answer);
            if (now.isPresent() && now.get().version() == version) {
              same.run();
            } else {
              tell(now.isEmpty());
            }
          }

          @Override
          public void failed(StoreException failure) {
            tell(false);
          }
        });
  }

  private void tell(boolean gone) {
    if (over.compareAndSet(false, true)) {
      end();
      watch.happened(gone);
    }
  }

  @Override
  public void cancel() {
    over.set(true);
    end();
  }

  private void end() {
    Cancellable watching = begun.getAndSet(null);
    if (watching != null) {
      watching.cancel();
    }
  }
}
