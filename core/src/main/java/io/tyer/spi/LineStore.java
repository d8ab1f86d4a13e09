package io.tyer.spi;

import io.tyer.line.LockName;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where lines are kept. This is what a store's author implements.
 *
 * <p>What a store owes:
 *
 * <ul>
 *   <li><b>Durability</b>: what it has acknowledged it keeps, as far as its page in the
 *       documentation says.
 *   <li><b>Atomicity</b>: each request takes effect as a whole or not at all, and every change of a
 *       line is one that {@link io.tyer.line.Line} would have made.
 *   <li><b>Numbers</b> grow for ever for one name, also after its line was emptied and forgotten
 *       (promise S2).
 *   <li><b>Death</b>: a session is dead when it has ended, or when its TTL has passed since the
 *       store last saw a beat of it, or when its bearers are proved dead. Death is final and
 *       decided once; a beat after death fails. Nobody's TTL is judged to have passed early.
 *   <li><b>Waking</b>: leaving tells exactly the sessions whose tickets it granted, where the store
 *       can; hints may be lost.
 *   <li><b>Nothing left</b>: what dead sessions left is swept by any live session of the same shard
 *       within one TTL (promise L3).
 * </ul>
 *
 * <p>Every request's reply comes once, in bounded time where the store's client library can bound
 * it; see {@link Reply}. A store has no policy: it does not retry what the engine may retry, queue,
 * or decide about time-outs of waiting.
 */
public interface LineStore extends AutoCloseable {

  /** What this store is, for messages: its address without secrets. */
  String description();

  /** What the engine must know. */
  StoreTraits traits();

  /**
   * How many shards this store consists of: parts that fail independently of each other, so that a
   * dead one costs only its own locks. At least 1, and the same for the life of this object; it is
   * known without asking a server. Most stores have one.
   *
   * <p>Every name {@linkplain #shardOf belongs} to one shard, and every session is one of the shard
   * that its {@linkplain SessionRequest#shard request} names. A client opens a session in each
   * shard of which it uses a name, and none in others. A session touches only names of its shard;
   * it is kept alive by its own beats, and is told, swept and dead without regard to other shards.
   * {@link #list} and {@link #revoke} are not made by a session: the store itself brings them to
   * the shards concerned.
   */
  default int shards() {
    return 1;
  }

  /**
   * The shard this name belongs to, from 0 to {@link #shards} − 1: for ever, and the same for all
   * clients of the store, since two clients who disagree would both be granted the lock. Asked
   * often, and answered without I/O; not asked where there is one shard only.
   */
  default int shardOf(LockName name) {
    return 0;
  }

  /**
   * Opens a session in the shard that the request names. After an unknown outcome the engine asks
   * again with a new secret; what the first request may have opened dies of missing beats.
   */
  void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply);

  /** All lines that are not empty and whose name begins with the prefix, ordered by name. */
  void list(String prefix, Reply<List<LineView>> reply);

  /**
   * One line, which may be empty. A store that can should read it alone; unless it does, it is
   * {@linkplain #list listed} with all whose names begin like it.
   */
  default void view(LockName name, Reply<LineView> reply) {
    list(
        name.text(),
        new Reply<>() {
          @Override
          public void done(List<LineView> lines) {
            reply.done(
                lines.stream()
                    .filter(line -> line.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> new LineView(name, List.of(), List.of())));
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        });
  }

  /**
   * Takes a lock from whoever holds it, by an operator's decision: marks the ticket with this
   * number, or all granted tickets of the line, as revoked and tells their sessions. With {@code
   * now} the tickets are removed at once instead, which is outside promises S1 and S5. Answers how
   * many tickets were marked or removed.
   */
  void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply);

  /** Frees what the store holds in this process. Sessions still open are left to die. */
  @Override
  void close();
}
