package io.tyer.server.door;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.server.guard.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's side of a stream, for any thread. A client that does not read is borne for a while,
 * and then dropped; nobody waits for it.
 */
final class Outbound {

  /** How many messages go out as one. */
  static final int MAX_PACK = 256;

  private static final int MAX_PACK_BYTES = 32 * 1024;

  /** Who has less than this unread is said to read on; it counts for nothing. */
  private static final int LITTLE_BYTES = 4 * 1024;

  private final ServerCallStreamObserver<ServerMessage> observer;
  private final Caller caller;
  private final DoorLimits limits;
  private final Refused refused;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean closed;

  /** Whether the client takes messages with more. */
  private volatile boolean packs;

  /** What goes out with the next {@link #flush}; guarded by the lock. */
  private final List<ServerMessage> gathered = new ArrayList<>();

  private int gatheredBytes;
  private volatile boolean gathering;

  /** Messages written since the client's side was last seen to read on. */
  private int unread;

  private long unreadSince;

  /** Of these messages, and of the one that was written before the client ceased to read. */
  private final Unread.Of unreadBytes;

  Outbound(
      ServerCallStreamObserver<ServerMessage> observer,
      Caller caller,
      DoorLimits limits,
      Refused refused,
      Unread unreadBytes) {
    this.observer = observer;
    observer.setOnReadyThreshold(LITTLE_BYTES);
    this.caller = caller;
    this.limits = limits;
    this.refused = refused;
    this.unreadBytes = unreadBytes.new Of(this::drop);
    caller.whenEnded(this.unreadBytes::end);
  }

  void takesPacks(boolean taken) {
    packs = taken;
  }

  /** Sends a message with others that are about to follow, if the client takes that. */
  void gather(ServerMessage message) {
    if (!packs) {
      send(message);
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      gathered.add(message);
      gatheredBytes += message.getSerializedSize();
      gathering = true;
      if (gathered.size() >= MAX_PACK || gatheredBytes >= MAX_PACK_BYTES) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is gathered. */
  void flush() {
    if (!gathering) {
      return;
    }
    lock.lock();
    try {
      gathering = false;
      if (gathered.isEmpty()) {
        return;
      }
      ServerMessage first = gathered.get(0);
      int count = gathered.size();
      ServerMessage pack =
          count == 1 ? first : first.toBuilder().addAllMore(gathered.subList(1, count)).build();
      write(pack, count);
    } finally {
      gathered.clear();
      gatheredBytes = 0;
      lock.unlock();
    }
  }

  void send(ServerMessage message) {
    lock.lock();
    try {
      flush();
      write(message, 1);
    } finally {
      lock.unlock();
    }
  }

  private void write(ServerMessage message, int count) {
    if (closed) {
      return;
    }
    if (observer.isReady()) {
      isRead();
    } else {
      if (unread == 0) {
        unreadSince = System.nanoTime();
      }
      unread += count;
    }
    if (unread > limits.unread()) {
      drop();
    } else if (unreadBytes.write(message.getSerializedSize())) {
      observer.onNext(message);
      if (observer.isReady()) {
        isRead();
      }
    }
  }

  private void isRead() {
    unread = 0;
    unreadBytes.clear();
  }

  /** Sends a last message, and ends the stream behind it. */
  void sendLast(ServerMessage message) {
    lock.lock();
    try {
      send(message);
      close(Status.OK);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream, behind what was sent; only the first end counts. */
  void close(Status status) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      flush();
      closed = true;
      if (status.isOk()) {
        observer.onCompleted();
      } else {
        observer.onError(status.asRuntimeException());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The call is cancelled: by a client that is gone, or because of what it has sent. */
  void gone() {
    Status tooLong = caller.tooLong();
    if (tooLong != null) {
      close(tooLong);
    }
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** The client reads on. */
  void ready() {
    dropIfSlow(System.nanoTime());
  }

  /** Drops a client that has left messages unread for too long. */
  void dropIfSlow(long now) {
    lock.lock();
    try {
      if (observer.isReady()) {
        isRead();
      } else if (!closed && unread > 0 && now - unreadSince > limits.unreadFor().toNanos()) {
        drop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Holding the lock or not: it waits for nothing. */
  private void drop() {
    closed = true;
    unreadBytes.end();
    refused.by(Bound.SLOW);
    caller.reset("the client does not read what it is sent");
  }
}
