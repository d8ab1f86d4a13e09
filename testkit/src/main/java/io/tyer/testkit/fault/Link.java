package io.tyer.testkit.fault;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
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
    send(Fate.NOTHING, List.of(reply), () -> request.accept(new Back<>(reply, Fate.NOTHING)));
  }

  <T> void request(Reply<T> reply, Consumer<Reply<T>> request) {
    Fate fate = next();
    send(fate, List.of(reply), () -> request.accept(new Back<>(reply, fate)));
  }

  /** One request of two parts: what comes to it comes to both. */
  <A, B> void request(Reply<A> first, Reply<B> second, BiConsumer<Reply<A>, Reply<B>> request) {
    Fate fate = next();
    send(
        fate,
        List.of(first, second),
        () -> request.accept(new Back<>(first, fate), new Back<>(second, fate)));
  }

  /** What comes to a request, besides the link's state. */
  private enum Fate {
    NOTHING,
    LOSES_REPLY,
    RESET,
    RESET_BEFORE
  }

  private Fate next() {
    boolean passes =
        switch (state) {
          case CUT, SILENT, REFUSING -> false;
          case SOUND, REPLIES_LOST, REPLIES_LATE, HINTS_LOST -> true;
        };
    if (passes && resetsNextBefore.compareAndSet(true, false)) {
      return Fate.RESET_BEFORE;
    }
    if (passes && resetsNext.compareAndSet(true, false)) {
      return Fate.RESET;
    }
    return passes && losesNextReply.compareAndSet(true, false) ? Fate.LOSES_REPLY : Fate.NOTHING;
  }

  private void send(Fate fate, List<Reply<?>> replies, Runnable request) {
    if (fate == Fate.RESET_BEFORE) {
      lost.incrementAndGet();
      replies.forEach(reply -> reply.failed(broken()));
      return;
    }
    switch (state) {
      case CUT, SILENT -> lost.incrementAndGet();
      case REFUSING -> replies.forEach(reply -> reply.failed(refused()));
      case SOUND, REPLIES_LOST, REPLIES_LATE, HINTS_LOST -> request.run();
    }
  }

  private static StoreException refused() {
    return new StoreException(StoreException.Kind.UNREACHABLE, "the link refuses connections");
  }

  private static StoreException broken() {
    return new StoreException(StoreException.Kind.UNKNOWN, "the connection broke before a reply");
  }

  /** The way back. */
  private final class Back<T> implements Reply<T> {
    private final Reply<T> reply;
    private final Fate fate;

    Back(Reply<T> reply, Fate fate) {
      this.reply = reply;
      this.fate = fate;
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
      boolean losesReply = fate == Fate.LOSES_REPLY;
      if (fate == Fate.RESET) {
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
