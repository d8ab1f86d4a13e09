package io.tyer.store.redis;

import io.tyer.spi.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes a dead session: some of its tickets at a time, each by a script of its own, so that no
 * script is long and each names its keys.
 */
final class Burial {

  private final Shard shard;
  private final String who;
  private final Runnable then;
  private final Consumer<StoreException> failed;

  private Burial(Shard shard, String who, Runnable then, Consumer<StoreException> failed) {
    this.shard = shard;
    this.who = who;
    this.then = then;
    this.failed = failed;
  }

  /** Buries a session if its time is over. */
  static void of(Shard shard, String who, Runnable then, Consumer<StoreException> failed) {
    new Burial(shard, who, then, failed).go();
  }

  /** Goes on where a script has decided the death and has answered with its first tickets. */
  static void of(
      Shard shard, String who, Object tickets, Runnable then, Consumer<StoreException> failed) {
    new Burial(shard, who, then, failed).drop(tickets);
  }

  private void go() {
    shard.run(
        Script.BURY,
        List.of(shard.keys().sessions(), shard.keys().session(who)),
        List.of(Keys.bytes(who)),
        this::drop,
        failed);
  }

  private void drop(Object answer) {
    if (!(answer instanceof List<?> tickets) || tickets.isEmpty()) {
      then.run();
      return;
    }
    AtomicInteger left = new AtomicInteger(tickets.size() / 2);
    AtomicReference<@Nullable StoreException> first = new AtomicReference<>();
    for (int i = 0; i + 1 < tickets.size(); i += 2) {
      drop(
          tickets.get(i),
          tickets.get(i + 1),
          failure -> {
            if (failure != null) {
              first.compareAndSet(null, failure);
            }
            if (left.decrementAndGet() == 0) {
              StoreException any = first.get();
              if (any == null) {
                go();
              } else {
                failed.accept(any);
              }
            }
          });
    }
  }

  /** One ticket, by its request and {@code NUMBER NAME}. */
  private void drop(
      Object request, Object numberAndName, Consumer<@Nullable StoreException> ended) {
    byte[] asked;
    byte[] ticket;
    int blank;
    try {
      asked = Answers.bytes(request);
      ticket = Answers.bytes(numberAndName);
      blank = Shard.ascii(ticket).indexOf(' ');
      if (blank < 0) {
        throw Answers.strange();
      }
    } catch (StoreException e) {
      ended.accept(e);
      return;
    }
    byte[] number = Arrays.copyOf(ticket, blank);
    byte[] name = Arrays.copyOfRange(ticket, blank + 1, ticket.length);
    shard.run(
        Script.DROP,
        List.of(shard.keys().sessions(), shard.keys().session(who), shard.keys().line(name)),
        List.of(Keys.bytes(who), asked, number),
        answer -> ended.accept(null),
        ended);
  }
}
