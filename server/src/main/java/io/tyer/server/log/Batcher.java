package io.tyer.server.log;

import io.tyer.server.replica.Replica.Failure;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.replica.Submission;
import io.tyer.server.replica.Uncaught;
import io.tyer.server.state.Applied;
import io.tyer.server.state.Command;
import io.tyer.server.state.Entry;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands into entries. One entry is on its way at a time; what comes meanwhile goes with the
 * next, which leaves when the one before it is applied. So there is no waiting for company, and
 * however slow the disks, there are no more entries than they take. Only beats, which nobody waits
 * for, are kept for a moment until something else comes, or more of them.
 */
final class Batcher {

  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  /** How many commands wait at most. */
  static final int MAX_QUEUED = 65_536;

  /** How many commands go together. */
  static final int MAX_COMMANDS = 2_048;

  /** How long beats wait for company: nothing beside the time that sessions live. */
  static final long BEATS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What an entry is never larger than; the engine takes more. */
  static final int MAX_BYTES = 2 << 20;

  private static final long NO_LEAD = -1;

  private final Append log;
  private final Surroundings surroundings;
  private final Consumer<List<Notice>> notices;
  private final ReplicaMeter meter;
  private final Admission admission;

  /** Held for moments, and never while the log is called. */
  private final ReentrantLock lock = new ReentrantLock();

  private final CommandQueue queue = new CommandQueue();
  private final Stamps stamps = new Stamps();

  /** The beats in the queue have waited long enough. */
  private boolean beatsDue;

  /** It is going to be said when they have. */
  private boolean beatsTimed;

  private boolean proposing;
  private boolean leading;

  /** The term of a lead that has begun. */
  private long begun = NO_LEAD;

  /** Of the lead that stamps. */
  private long term;

  /** What goes before everything else in this lead, until it is applied. */
  private List<Pending> opening = List.of();

  private boolean closed;

  /**
   * @param log as {@link ReplicatedLog#append}
   * @param notices told what an applied entry has to tell, after its answers
   * @param meter told how long entries take
   * @param admission asked what may go into an entry
   */
  Batcher(
      Append log,
      Surroundings surroundings,
      Consumer<List<Notice>> notices,
      ReplicaMeter meter,
      Admission admission) {
    this.log = log;
    this.surroundings = surroundings;
    this.notices = notices;
    this.meter = meter;
    this.admission = admission;
  }

  /** See {@link io.tyer.server.replica.Replica#submit}. */
  void submit(List<Submission> together) {
    Failure refused = null;
    List<Pending> notAdmitted = new ArrayList<>();
    Batch batch = null;
    lock.lock();
    try {
      if (closed || !leading) {
        refused = Failure.NOT_LEADING;
      } else if (queue.size() + together.size() > MAX_QUEUED
          || queue.bytes() > admission.queueBytes()) {
        refused = Failure.BUSY;
      } else {
        for (Submission one : together) {
          Pending pending = admission.admit(one, queue.leaves(), adopts());
          if (pending.refused() == null) {
            queue.add(pending);
          } else {
            notAdmitted.add(pending);
          }
        }
        batch = next();
      }
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      String why =
          refused == Failure.BUSY
              ? queued() + " commands are waiting already, as many as may"
              : "this member does not lead";
      for (Submission one : together) {
        new Pending(one.command(), one.answer()).failed(refused, why);
      }
      return;
    }
    if (batch != null) {
      propose(batch);
    }
    notAdmitted.forEach(Pending::refuse);
  }

  /** Proposes an entry that only lets time pass, unless others are on their way. */
  void tick() {
    Batch batch = null;
    lock.lock();
    try {
      if (leading && !closed && !proposing) {
        queue.add(new Pending(new Command.Tick(), Pending.NOBODY));
        batch = next();
      }
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      propose(batch);
    }
  }

  /** Whether the lead's first entry, which goes before all else, has members adopt a version. */
  private boolean adopts() {
    return opening.stream().anyMatch(first -> first.command() instanceof Command.Adopt);
  }

  /** Whether it takes commands. */
  boolean isLeading() {
    lock.lock();
    try {
      return leading;
    } finally {
      lock.unlock();
    }
  }

  /** How many commands wait for an entry. */
  int queued() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** A lead has begun, and is to be told by {@link #leads} when commands may be taken. */
  void begins(long inTerm) {
    lock.lock();
    try {
      begun = inTerm;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes commands from now on.
   *
   * @param first go before them, in an entry of their own
   * @return false if this lead is over already
   */
  boolean leads(long inTerm, List<Command> first) {
    Batch batch;
    lock.lock();
    try {
      if (begun != inTerm) {
        return false;
      }
      leading = true;
      term = inTerm;
      stamps.begin(surroundings.nanoTime());
      opening = first.stream().map(command -> new Pending(command, Pending.NOBODY)).toList();
      batch = next();
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      propose(batch);
    }
    return true;
  }

  /** Takes no more commands until it leads again. */
  void follows() {
    List<Pending> left;
    lock.lock();
    try {
      leading = false;
      begun = NO_LEAD;
      opening = List.of();
      left = queue.drain();
    } finally {
      lock.unlock();
    }
    fail(left, Failure.NOT_LEADING, "this member leads no longer");
  }

  /** Takes no more commands. */
  void close() {
    List<Pending> left;
    lock.lock();
    try {
      closed = true;
      left = queue.drain();
    } finally {
      lock.unlock();
    }
    fail(left, Failure.UNKNOWN, "this member stops");
  }

  /** What is to be proposed now; called with the lock held. */
  private @Nullable Batch next() {
    if (proposing) {
      return null;
    }
    if (!opening.isEmpty()) {
      proposing = true;
      return batch(opening, true);
    }
    if (queue.isEmpty()) {
      return null;
    }
    if (!queue.isUrgent() && !beatsDue) {
      timeBeats();
      return null;
    }
    proposing = true;
    beatsDue = false;
    return batch(queue.take(MAX_COMMANDS), false);
  }

  private Batch batch(List<Pending> commands, boolean opens) {
    long now = surroundings.nanoTime();
    // A group's numbers begin at the first entry's clock, which must leave some.
    long wall = Math.min(surroundings.wallMillis(), Opening.LAST_MILLIS);
    return new Batch(commands, term, now, stamps.elapsedMillis(now), wall, opens);
  }

  private void timeBeats() {
    if (!beatsTimed) {
      beatsTimed = true;
      var unused =
          surroundings.schedule(
              BEATS_WAIT_NANOS, () -> surroundings.io().execute(this::beatsHaveWaited));
    }
  }

  private void beatsHaveWaited() {
    Batch batch;
    lock.lock();
    try {
      beatsTimed = false;
      beatsDue = true;
      batch = next();
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      propose(batch);
    }
  }

  private void propose(Batch batch) {
    List<Pending> proposed = batch.commands();
    byte[] bytes;
    try {
      bytes = batch.bytes();
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("An entry could not be made", e);
      failed(proposed, new NotAppendedException("no entry could be made of it"));
      return;
    }
    if (bytes.length > MAX_BYTES) {
      Batch half = half(batch);
      if (half == null) {
        tooLarge(batch);
        return;
      }
      propose(half);
      return;
    }
    var unused =
        append(batch.term(), bytes)
            .whenComplete(
                (applied, failure) -> {
                  if (failure == null) {
                    applied(batch, (Applied) applied);
                  } else {
                    failed(proposed, failure);
                  }
                });
  }

  /** What the engine throws, by whatever of its own, is no end of all that comes later. */
  private CompletableFuture<Object> append(long inTerm, byte[] bytes) {
    try {
      return log.append(inTerm, bytes);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("An entry could not be appended", e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private void applied(Batch batch, Applied applied) {
    long now = surroundings.nanoTime();
    // What waits leaves first: it is on its way while the answers are given.
    Batch next = proposed(batch);
    if (next != null) {
      propose(next);
    }
    List<Pending> proposed = batch.commands();
    List<Outcome> outcomes = applied.outcomes();
    for (int i = 0; i < proposed.size(); i++) {
      proposed.get(i).done(outcomes.get(i));
    }
    proposed.forEach(Pending::flush);
    if (!applied.notices().isEmpty()) {
      tell(applied.notices());
    }
    meter.appended(proposed.size(), now - batch.nanos());
  }

  private void tell(List<Notice> all) {
    try {
      notices.accept(all);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("What an entry has to tell was not taken", e);
    }
  }

  /** Nothing is on its way any more. */
  private @Nullable Batch proposed(Batch batch) {
    lock.lock();
    try {
      proposing = false;
      if (batch.opens()) {
        opening = List.of();
      }
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The engine refuses or gives up: what waits would fare no better, and is of use elsewhere. */
  private void failed(List<Pending> proposed, Throwable thrown) {
    Throwable why =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    List<Pending> waiting;
    boolean stopping;
    lock.lock();
    try {
      proposing = false;
      stopping = closed;
      waiting = queue.drain();
    } finally {
      lock.unlock();
    }
    boolean surely = why instanceof NotAppendedException && !stopping;
    fail(
        proposed, surely ? Failure.NOT_LEADING : Failure.UNKNOWN, String.valueOf(why.getMessage()));
    fail(waiting, Failure.NOT_LEADING, "this member leads no longer");
  }

  /** Elsewhere, since the engine may hold its locks here. */
  private void fail(List<Pending> commands, Failure failure, String why) {
    if (!commands.isEmpty()) {
      surroundings.io().execute(() -> commands.forEach(command -> command.failed(failure, why)));
    }
  }

  /** Puts the later half back. */
  private @Nullable Batch half(Batch batch) {
    List<Pending> all = batch.commands();
    if (all.size() == 1) {
      return null;
    }
    int kept = all.size() / 2;
    lock.lock();
    try {
      queue.putBack(all.subList(kept, all.size()));
    } finally {
      lock.unlock();
    }
    return new Batch(
        List.copyOf(all.subList(0, kept)),
        batch.term(),
        batch.nanos(),
        batch.elapsedMillis(),
        batch.wallMillis(),
        false);
  }

  private void tooLarge(Batch large) {
    Pending pending = large.commands().get(0);
    Batch batch = proposed(large);
    if (batch != null) {
      propose(batch);
    }
    pending.done(
        new Outcome.Failed(
            Outcome.Why.REFUSED, "the command is larger than " + MAX_BYTES + " bytes"));
    pending.flush();
  }

  /** As {@link ReplicatedLog#append}. */
  interface Append {
    CompletableFuture<Object> append(long term, byte[] entry);
  }

  /** Commands that go together, taken together at this time; perhaps those that open a lead. */
  private record Batch(
      List<Pending> commands,
      long term,
      long nanos,
      long elapsedMillis,
      long wallMillis,
      boolean opens) {

    byte[] bytes() {
      List<Command> inOrder = commands.stream().map(Pending::command).toList();
      return EntryCodec.encode(new Entry(elapsedMillis, wallMillis, inOrder));
    }
  }
}
