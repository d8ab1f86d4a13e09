package io.tyer.server.guard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes are written to clients that they have not read yet, of all of them together. What
 * is too much is taken from those that leave the most unread; for any thread.
 */
public final class Unread {

  /** What a server without other wishes allows: it follows from the heap of the process. */
  public static final long DEFAULT_BYTES =
      Math.max(4L << 20, Runtime.getRuntime().maxMemory() / 16);

  /** What a message takes beside its bytes, about: buffers, and its place in queues. */
  private static final int PER_MESSAGE = 256;

  /** One client has this part of it at most, unless it is one message. */
  private static final int SHARE = 4;

  private final long most;
  private final AtomicLong bytes = new AtomicLong();
  private final Set<Of> all = ConcurrentHashMap.newKeySet();

  /** At most about so many bytes. */
  public Unread(long most) {
    this.most = most;
  }

  /** How many there are. */
  public long bytes() {
    return bytes.get();
  }

  private void makeRoom(Of written, boolean hasMore) {
    if (hasMore && written.bytes.get() > most / SHARE) {
      written.drop();
    }
    while (bytes.get() > most) {
      Of largest = null;
      for (Of one : all) {
        boolean counts = (one != written || hasMore) && one.bytes.get() > 0;
        if (counts && (largest == null || one.bytes.get() > largest.bytes.get())) {
          largest = one;
        }
      }
      if (largest == null) {
        return;
      }
      largest.drop();
    }
  }

  /** What one call's client has not read. */
  public final class Of {

    private final Runnable reset;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean over;

    /** Of a call that this resets; it must not wait for anything. */
    public Of(Runnable reset) {
      this.reset = reset;
    }

    /**
     * A message of so many bytes is about to be written.
     *
     * @return false if it is not to be written: the call is reset, now or before
     */
    public boolean write(long size) {
      if (over) {
        // Nothing is to be kept of it, so nobody else is to make room.
        return false;
      }
      boolean hasMore = bytes.getAndAdd(size + PER_MESSAGE) > 0;
      Unread.this.bytes.addAndGet(size + PER_MESSAGE);
      all.add(this);
      makeRoom(this, hasMore);
      if (over) {
        clear();
      }
      return !over;
    }

    /** The client has read it all, or nearly. */
    public void clear() {
      all.remove(this);
      Unread.this.bytes.addAndGet(-bytes.getAndSet(0));
    }

    /** The call has ended, in whatever way. */
    public void end() {
      over = true;
      clear();
    }

    private void drop() {
      boolean before = over;
      end();
      if (!before) {
        reset.run();
      }
    }
  }
}
