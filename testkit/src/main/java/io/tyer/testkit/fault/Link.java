package io.tyer.testkit.fault;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What lies between a client and a store that is not reached over a network: the place where {@link
 * FaultyProvider} has requests and replies get lost. All methods may be called from any thread.
 */
public final class Link {

  private volatile LinkState state = LinkState.SOUND;
  private final AtomicBoolean losesNextReply = new AtomicBoolean();
  private final AtomicBoolean resetsNext = new AtomicBoolean();
  private final AtomicBoolean resetsNextBefore = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();
  private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

  /** A sound one. */
  public Link() {}

  /**
   * Makes it so from now on, also for replies to requests that were made before. Replies that were
   * held back are delivered by this thread when the link becomes sound.
   */
  public void set(LinkState now) {
    state = now;
    deliverLate();
  }

  private void deliverLate() {
    while (state == LinkState.SOUND) {
      Runnable reply = late.poll();
      if (reply == null) {
        return;
      }
      reply.run();
    }
  }

  /**
   * The next request other than a beat takes effect, but its reply never comes: a reply lost after
   * the commit.
   */
  public void loseNextReply() {
    losesNextReply.set(true);
  }

  /**
   * The next request other than a beat takes effect, but its connection breaks before the reply:
   * the client knows that it does not know.
   */
  public void resetNext() {
    resetsNext.set(true);
  }

  /**
   * The next request other than a beat does not take effect: its connection breaks before it
   * arrives, and the client knows no more than after {@link #resetNext}.
   */
  public void resetNextBefore() {
    resetsNextBefore.set(true);
  }

  /** How many requests, replies and hints were lost here, or held back. */
  public int lost() {
    return lost.get();
  }

  boolean passesHints() {
    boolean passes = state == LinkState.SOUND;
    if (!passes) {
      lost.incrementAndGet();
    }
    return passes;
  }

  <T> void beat(Reply<T> reply, Consumer<Reply<T>> request) {
    send(reply, request, false, false);
  }

  <T> void request(Reply<T> reply, Consumer<Reply<T>> request) {
    boolean passes =
        switch (state) {
          case CUT, SILENT, REFUSING -> false;
          case SOUND, REPLIES_LOST, REPLIES_LATE, HINTS_LOST -> true;
        };
    if (passes && resetsNextBefore.compareAndSet(true, false)) {
      lost.incrementAndGet();
      reply.failed(broken());
      return;
    }
    send(
        reply,
        request,
        passes && losesNextReply.compareAndSet(true, false),
        passes && resetsNext.compareAndSet(true, false));
  }

  private <T> void send(
      Reply<T> reply, Consumer<Reply<T>> request, boolean losesReply, boolean resets) {
    switch (state) {
      case CUT, SILENT -> lost.incrementAndGet();
      case REFUSING ->
          reply.failed(
              new StoreException(StoreException.Kind.UNREACHABLE, "the link refuses connections"));
      case SOUND, REPLIES_LOST, REPLIES_LATE, HINTS_LOST ->
          request.accept(new Back<>(reply, losesReply, resets));
    }
  }

  private static StoreException broken() {
    return new StoreException(StoreException.Kind.UNKNOWN, "the connection broke before a reply");
  }

  /** The way back. */
  private final class Back<T> implements Reply<T> {
    private final Reply<T> reply;
    private final boolean losesReply;
    private final boolean resets;

    Back(Reply<T> reply, boolean losesReply, boolean resets) {
      this.reply = reply;
      this.losesReply = losesReply;
      this.resets = resets;
    }

    @Override
    public void done(T value) {
      arrive(() -> reply.done(value));
    }

    @Override
    public void failed(StoreException failure) {
      arrive(() -> reply.failed(failure));
    }

    private void arrive(Runnable delivery) {
      LinkState now = state;
      if (resets) {
        lost.incrementAndGet();
        reply.failed(broken());
      } else if (!losesReply && (now == LinkState.SOUND || now == LinkState.HINTS_LOST)) {
        delivery.run();
      } else {
        lost.incrementAndGet();
        if (!losesReply && now == LinkState.REPLIES_LATE) {
          late.add(delivery);
          deliverLate();
        }
      }
    }
  }
}
