package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tyer.spi.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All watches of a session, on one stream to whichever member answers. When it breaks, another one
 * is opened, and each watch goes on from the revision after the last that it has seen, so that
 * nothing is missed; what was compacted meanwhile is lost, and told so.
 */
final class Watches {

  private static final Logger log = LoggerFactory.getLogger(Watches.class);
  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final int MOST_DOUBLINGS = 5;

  /** Told of one watch, by any thread. */
  interface Watcher {
    /** It happened, in this order. */
    void happened(List<Event> events);

    /** One that was to begin now has begun: nothing that happens later is missed. */
    default void began() {}

    /** It was ended by the server: something may have been missed. */
    void lost(String why);
  }

  private static final class Watch {
    private final ByteString key;
    private final @Nullable ByteString end;
    private final Watcher watcher;
    private long next;
    private long id = -1;
    private boolean cancelled;

    Watch(ByteString key, @Nullable ByteString end, long from, Watcher watcher) {
      this.key = key;
      this.end = end;
      this.next = from;
      this.watcher = watcher;
    }
  }

  private final Calls calls;
  private final Runnable reconnected;
  private final Consumer<Members.Link> failed = this::moved;
  private final Serial serial = new Serial();

  // What follows is touched by tasks of the serial only.
  private final Set<Watch> all = new LinkedHashSet<>();
  private final Deque<Watch> creating = new ArrayDeque<>();
  private final Map<Long, Watch> byId = new HashMap<>();
  private @Nullable Stream stream;
  private boolean opening;
  private boolean broke;
  private int failures;
  private boolean closed;

  /**
   * None yet.
   *
   * @param reconnected called when a stream has taken the place of a broken one
   */
  Watches(Calls calls, Runnable reconnected) {
    this.calls = calls;
    this.reconnected = reconnected;
    calls.members().onFailed(failed);
  }

  private static final class Stream {
    private final Members.Link link;
    private final ClientCall<WatchRequest, WatchResponse> call;

    Stream(Members.Link link, ClientCall<WatchRequest, WatchResponse> call) {
      this.link = link;
      this.call = call;
    }
  }

  /**
   * Watches a key, or a range of keys.
   *
   * @param end null for the key alone
   * @param from the first revision of interest; 0 for whatever comes: what lies behind is told with
   *     a delay of up to 100 ms, so that it is faster to begin now and to look
   * @return ends it; what is on its way may come nevertheless
   */
  Cancellable watch(ByteString key, @Nullable ByteString end, long from, Watcher watcher) {
    Watch watch = new Watch(key, end, from, watcher);
    serial.run(() -> add(watch));
    return () -> serial.run(() -> cancel(watch));
  }

  /** Ends all, and tells nobody anything any more. */
  void close() {
    calls.members().forget(failed);
    serial.run(
        () -> {
          closed = true;
          all.clear();
          drop("the session is over");
        });
  }

  private void add(Watch watch) {
    if (closed) {
      return;
    }
    all.add(watch);
    Stream open = stream;
    if (open != null) {
      create(open, watch);
    } else {
      open();
    }
  }

  private void cancel(Watch watch) {
    watch.cancelled = true;
    all.remove(watch);
    if (watch.id >= 0 && stream != null) {
      end(stream, watch);
    }
  }

  private void end(Stream on, Watch watch) {
    byId.remove(watch.id);
    on.call.sendMessage(
        WatchRequest.newBuilder()
            .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(watch.id))
            .build());
    watch.id = -1;
  }

  private void create(Stream on, Watch watch) {
    creating.add(watch);
    WatchCreateRequest.Builder create =
        WatchCreateRequest.newBuilder()
            .setKey(watch.key)
            .setStartRevision(watch.next)
            // An idle watch is to begin again after what will be compacted.
            .setProgressNotify(true);
    if (watch.end != null) {
      create.setRangeEnd(watch.end);
    }
    on.call.sendMessage(WatchRequest.newBuilder().setCreateRequest(create).build());
  }

  private void open() {
    if (opening || closed || all.isEmpty()) {
      return;
    }
    Members.Link link = calls.members().current();
    if (link == null) {
      return;
    }
    opening = true;
    calls
        .tokens()
        .with(
            link,
            calls.settings().operationTimeout().toNanos(),
            new Tokens.Waiting() {
              @Override
              public void have(Metadata headers) {
                serial.run(() -> opened(link, headers));
              }

              @Override
              public void failed(Status status) {
                serial.run(
                    () -> {
                      opening = false;
                      again(link, status);
                    });
              }
            });
  }

  private void opened(Members.Link link, Metadata headers) {
    opening = false;
    if (closed) {
      return;
    }
    Stream made =
        new Stream(link, link.channel().newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT));
    stream = made;
    made.call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(WatchResponse message) {
            serial.run(() -> received(made, message));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            serial.run(() -> ended(made, status, headers));
          }
        },
        headers);
    // All that come: they are few, and small.
    made.call.request(Integer.MAX_VALUE);
    for (Watch watch : List.copyOf(all)) {
      create(made, watch);
    }
  }

  private void received(Stream from, WatchResponse message) {
    if (from != stream) {
      return;
    }
    failures = 0;
    if (broke) {
      broke = false;
      reconnected.run();
    }
    if (message.getCreated()) {
      created(from, message);
      return;
    }
    Watch watch = byId.get(message.getWatchId());
    if (watch == null) {
      return;
    }
    if (message.getCanceled()) {
      lost(watch, message);
      return;
    }
    int count = message.getEventsCount();
    if (count == 0) {
      watch.next = Math.max(watch.next, message.getHeader().getRevision() + 1);
      return;
    }
    watch.next = message.getEvents(count - 1).getKv().getModRevision() + 1;
    watch.watcher.happened(message.getEventsList());
  }

  /** In the order in which they were asked for. */
  private void created(Stream from, WatchResponse message) {
    Watch watch = creating.poll();
    if (watch == null) {
      return;
    }
    if (message.getCanceled()) {
      lost(watch, message);
      return;
    }
    watch.id = message.getWatchId();
    if (watch.cancelled) {
      end(from, watch);
      return;
    }
    byId.put(watch.id, watch);
    if (watch.next == 0) {
      watch.next = message.getHeader().getRevision() + 1;
      watch.watcher.began();
    }
  }

  private void lost(Watch watch, WatchResponse message) {
    byId.remove(watch.id);
    watch.id = -1;
    if (all.remove(watch)) {
      String why =
          message.getCompactRevision() > 0
              ? "what it was to begin with was compacted"
              : message.getCancelReason();
      log.debug("A watch was ended by the server: {}", why);
      watch.watcher.lost(why);
    }
  }

  private void moved(Members.Link link) {
    serial.run(
        () -> {
          if (stream != null && stream.link.equals(link)) {
            drop("another member is asked now");
            broke = true;
            open();
          }
        });
  }

  private void drop(String why) {
    Stream old = stream;
    stream = null;
    creating.clear();
    byId.clear();
    all.forEach(watch -> watch.id = -1);
    if (old != null) {
      old.call.cancel(why, null);
    }
  }

  private void ended(Stream from, Status status, Metadata headers) {
    if (from != stream) {
      return;
    }
    drop("it has ended");
    broke = true;
    if (Failures.isOldToken(status)) {
      calls.tokens().drop(headers);
    }
    again(from.link, status);
  }

  private void again(Members.Link link, Status status) {
    if (closed) {
      return;
    }
    log.debug("Watching at {} has ended: {}", link.member(), status);
    calls.members().failed(link);
    long pause = FIRST_PAUSE << Math.min(failures++, MOST_DOUBLINGS);
    Cancellable unused =
        calls
            .surroundings()
            .schedule(
                pause,
                () ->
                    serial.run(
                        () -> {
                          if (stream == null) {
                            open();
                          }
                        }));
  }
}
