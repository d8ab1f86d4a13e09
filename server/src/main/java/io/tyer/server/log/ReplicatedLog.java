package io.tyer.server.log;

import io.tyer.server.replica.MemberInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log that most members keep before anything in it is applied. */
public interface ReplicatedLog extends AutoCloseable {

  /**
   * Appends an entry, at the leader. Does not wait.
   *
   * @param term the entry was made in this lead, and is appended in no other: what it says of the
   *     time that has passed is true only there
   * @return what {@link LogMachine#apply} answered at this member, completed by the thread that
   *     applied it; or {@link NotAppendedException} if the entry is certainly not in the log and
   *     never will be, or another exception if it may be. What depends on it must not block.
   */
  CompletableFuture<Object> append(long term, byte[] entry);

  /** How this member sees the group, at once. */
  LogStatus status();

  /**
   * Lets a member join, and completes when it has caught up and counts. It must run, with an empty
   * directory and without initial members. Asked of the leader.
   */
  CompletableFuture<Void> add(MemberInfo member);

  /** Lets a member go. Asked of the leader, which may be the one to go. */
  CompletableFuture<Void> remove(String id);

  /** Hands the lead over to a member that keeps all entries. Asked of the leader. */
  CompletableFuture<Void> transfer(String id);

  /** Hands the lead over as {@link io.tyer.server.replica.Replica#handOver}. */
  CompletableFuture<Void> handOver();

  /** What the other members tell of themselves, within a second: those that answer. Never fails. */
  CompletableFuture<List<PeerClock>> clocks();

  /**
   * The largest number that this member had applied by {@link LogMachine#lastNumber} when it was
   * last up, also where its log has lost it; 0 if that is not known.
   */
  long promised();

  /**
   * Writes a snapshot of what is applied and forgets the entries before it.
   *
   * @return the index of the last entry in it
   */
  CompletableFuture<Long> snapshot();

  /**
   * Completes when the log has stopped: normally after {@link #close()}, else with why it could not
   * go on.
   */
  CompletableFuture<Void> stopped();

  /** Stops; appends without an answer fail. */
  @Override
  void close();
}
