package io.tyer.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: what one side sent and the other has not been given yet. */
final class Flow {

  private static final int MOST_QUEUED = 1 << 20;

  /** What arrived when; no bytes at all stand for the end. */
  private record Chunk(long arrivedNanos, @Nullable ByteBuffer bytes) {}

  private final Deque<Chunk> queue = new ArrayDeque<>();
  private int queuedBytes;
  private boolean ending;
  private boolean ended;
  private boolean lossy;

  /** Whether the sender is to be read from. */
  boolean wantsMore() {
    return !ending && queuedBytes < MOST_QUEUED;
  }

  /** Whether the end of the stream has been passed on. */
  boolean ended() {
    return ended;
  }

  /** Whether bytes are missing, so that what comes behind them must never be passed on. */
  boolean lossy() {
    return lossy;
  }

  void lose() {
    lossy = true;
  }

  void add(ByteBuffer bytes, long nowNanos) {
    queue.add(new Chunk(nowNanos, bytes));
    queuedBytes += bytes.remaining();
  }

  void addEnd(long nowNanos) {
    queue.add(new Chunk(nowNanos, null));
    ending = true;
  }

  /** The sender is gone without an end. */
  void breakOff() {
    ending = true;
    lossy = true;
  }

  /** Drops what is queued. */
  void swallow() {
    lossy |= !queue.isEmpty();
    queue.clear();
    queuedBytes = 0;
  }

  /** Writes what is due, until the receiver takes no more; the number of bytes written. */
  long deliver(SocketChannel to, long delayNanos, long nowNanos) throws IOException {
    long written = 0;
    while (dueIn(delayNanos, nowNanos) <= 0) {
      ByteBuffer bytes = queue.element().bytes();
      if (bytes == null) {
        to.shutdownOutput();
        ended = true;
      } else {
        int count = to.write(bytes);
        written += count;
        queuedBytes -= count;
        if (bytes.hasRemaining()) {
          break;
        }
      }
      queue.remove();
    }
    return written;
  }

  /** In how many nanoseconds something is due; zero or less if it is. */
  long dueIn(long delayNanos, long nowNanos) {
    Chunk first = queue.peek();
    return first == null ? Long.MAX_VALUE : delayNanos - (nowNanos - first.arrivedNanos());
  }
}
