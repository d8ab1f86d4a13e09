package io.tyer.store.redis;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds all lines by the sessions that have tickets in them: sweeps dead sessions, asks each
 * session for its names, and reads each name's line.
 */
final class Listing {

  private static final String MOST_SWEPT = "1000";

  private final List<Shard> shards;
  private final String prefix;
  private final Reply<List<LineView>> reply;
  private final AtomicBoolean failed = new AtomicBoolean();

  Listing(List<Shard> shards, String prefix, Reply<List<LineView>> reply) {
    this.shards = shards;
    this.prefix = prefix;
    this.reply = reply;
  }

  void start() {
    ConcurrentLinkedQueue<LineView> views = new ConcurrentLinkedQueue<>();
    each(
        shards,
        (shard, done) -> sweep(shard, () -> sessions(shard, views, done), this::fail),
        () -> {
          List<LineView> sorted = new ArrayList<>(views);
          sorted.sort(Comparator.comparing(LineView::name));
          reply.done(sorted);
        });
  }

  /** Drops the tickets of sessions that are dead. */
  static void sweep(Shard shard, Runnable then, Consumer<StoreException> failed) {
    AtomicBoolean told = new AtomicBoolean();
    Consumer<StoreException> once =
        failure -> {
          if (told.compareAndSet(false, true)) {
            failed.accept(failure);
          }
        };
    shard.run(
        Script.SWEEP,
        List.of(shard.keys().sessions()),
        List.of(Keys.bytes(MOST_SWEPT)),
        answer ->
            each(
                answer instanceof List<?> over ? over : List.of(),
                (who, done) ->
                    shard.bury(new String((byte[]) who, StandardCharsets.US_ASCII), done, once),
                then),
        once);
  }

  private void sessions(Shard shard, Collection<LineView> views, Runnable then) {
    Set<LockName> names = ConcurrentHashMap.newKeySet();
    shard.read(
        shard.keys().sessions(),
        List.of("ZRANGE", "0", "-1"),
        sessions ->
            each(
                sessions,
                (who, done) -> names(shard, (byte[]) who, names, done),
                () -> each(names, (name, done) -> line(shard, name, views, done), then)),
        this::fail);
  }

  private void names(Shard shard, byte[] who, Set<LockName> names, Runnable then) {
    shard.read(
        shard.keys().session(Shard.ascii(who)),
        List.of("HGETALL"),
        fields -> {
          for (int i = 0; i + 1 < fields.size(); i += 2) {
            String text = new String((byte[]) fields.get(i + 1), StandardCharsets.UTF_8);
            String name = text.substring(text.indexOf(' ') + 1);
            boolean ticket = ((byte[]) fields.get(i)).length == 32;
            if (ticket && name.startsWith(prefix)) {
              names.add(LockName.of(name));
            }
          }
          then.run();
        },
        this::fail);
  }

  private void line(Shard shard, LockName name, Collection<LineView> views, Runnable then) {
    read(
        shard,
        name,
        tickets -> {
          if (!tickets.isEmpty()) {
            views.add(new LineView(name, tickets, granted(tickets)));
          }
          then.run();
        },
        this::fail);
  }

  /** All tickets of a line, in order. */
  static void read(
      Shard shard, LockName name, Consumer<List<Ticket>> then, Consumer<StoreException> failed) {
    shard.read(
        shard.keys().line(name),
        List.of("ZRANGE", "0", "-1", "WITHSCORES"),
        members -> {
          List<Ticket> tickets;
          try {
            tickets = Answers.tickets(members, 0);
          } catch (StoreException e) {
            failed.accept(e);
            return;
          }
          then.accept(tickets);
        },
        failed);
  }

  /** The rule, for people who look: as {@link io.tyer.line.Line} has it. */
  static List<Boolean> granted(List<Ticket> tickets) {
    List<Boolean> granted = new ArrayList<>(tickets.size());
    boolean exclusive = false;
    long weight = 0;
    boolean any = false;
    for (Ticket ticket : tickets) {
      long room =
          ticket.capacity() == Ask.UNBOUNDED ? Long.MAX_VALUE : ticket.capacity() - ticket.weight();
      granted.add(ticket.exclusive() ? !any : !exclusive && weight <= room);
      any = true;
      exclusive |= ticket.exclusive();
      weight += ticket.exclusive() ? 0 : ticket.weight();
    }
    return granted;
  }

  private void fail(StoreException failure) {
    if (failed.compareAndSet(false, true)) {
      reply.failed(failure);
    }
  }

  /** Does something for each, all at once, and something else when all are done. */
  private static <T> void each(
      Collection<? extends T> elements, BiConsumer<T, Runnable> action, Runnable then) {
    AtomicInteger left = new AtomicInteger(elements.size() + 1);
    Runnable done =
        () -> {
          if (left.decrementAndGet() == 0) {
            then.run();
          }
        };
    for (T element : elements) {
      action.accept(element, done);
    }
    done.run();
  }
}
