package io.tyer.server.log;

import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import io.tyer.server.replica.ReplicaLoad;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.state.Applied;
import io.tyer.server.state.Entry;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.LockMachine;
import io.tyer.server.state.MalformedEntryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** The state machine of the locks, moved by a log. */
final class LockLogMachine implements LogMachine, Admission.Taken {

  private final LongConsumer leads;
  private final Runnable follows;
  private final ReplicaMeter meter;
  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private final Consumer<Set<LockName>> changed;
  private volatile boolean watched;
  private LockMachine machine = new LockMachine();
  private volatile long sessions;
  private volatile long tickets;
  private volatile long lines;
  private volatile long waiting;
  private volatile long heapCost;
  private volatile Set<TokenId> tokensAbove = Set.of();
  private final HeapBound bound;
  private volatile boolean leading;
  private volatile int adopted = machine.adopted();
  private volatile long lastNumber = -1;
  private volatile Map<TokenId, AccessToken> tokens = Map.of();

  /**
   * @param leads told the term in which this member leads
   * @param follows told that it leads no longer
   * @param changed told whose lines change, while that is wanted
   * @param bound how much heap the state may take
   * @param meter told what is done
   * @param nanos the time by which that is measured
   * @param wallMillis the clock that other members are told
   */
  LockLogMachine(
      LongConsumer leads,
      Runnable follows,
      Consumer<Set<LockName>> changed,
      HeapBound bound,
      ReplicaMeter meter,
      LongSupplier nanos,
      LongSupplier wallMillis) {
    this.leads = leads;
    this.follows = follows;
    this.changed = changed;
    this.bound = bound;
    this.meter = meter;
    this.nanos = nanos;
    this.wallMillis = wallMillis;
  }

  /** For any thread. */
  void watch(boolean wanted) {
    watched = wanted;
  }

  /** Asked by any thread. */
  long sessions() {
    return sessions;
  }

  /** Asked by any thread. */
  long tickets() {
    return tickets;
  }

  /** Asked by any thread. */
  ReplicaLoad load(int queued) {
    return new ReplicaLoad(lines, waiting, queued, heapCost, bound.stateBytes());
  }

  /** Asked by any thread. */
  Map<TokenId, AccessToken> tokens() {
    return tokens;
  }

  @Override
  public Object read(byte[] entry) throws UnreadableEntryException {
    try {
      return EntryCodec.decode(entry);
    } catch (MalformedEntryException e) {
      throw new UnreadableEntryException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Object apply(long index, Object entry) {
    machine.watched(watched);
    Applied applied = machine.apply((Entry) entry);
    publish();
    meter.applied(machine.tally(), leading);
    if (!applied.changed().isEmpty()) {
      changed.accept(applied.changed());
    }
    return applied;
  }

  private void publish() {
    sessions = machine.sessions();
    tickets = machine.tickets();
    lines = machine.lines();
    waiting = machine.waiting();
    tokens = machine.tokens();
    adopted = machine.adopted();
    lastNumber = machine.lastNumber();
    long cost = machine.heapCost();
    heapCost = cost;
    long share = bound.tokenBytes();
    tokensAbove = cost > share ? machine.tokensAbove(share) : Set.of();
  }

  @Override
  public PeerClock clock() {
    return new PeerClock("", wallMillis.getAsLong(), EntryCodec.VERSION);
  }

  @Override
  public long lastNumber() {
    return lastNumber;
  }

  @Override
  public int adopted() {
    return adopted;
  }

  @Override
  public long bytes() {
    return heapCost;
  }

  @Override
  public Set<TokenId> tokensAbove() {
    return tokensAbove;
  }

  @Override
  public Image image() {
    return new Metered(machine.image(), meter, nanos);
  }

  @Override
  public void restore(InputStream image) throws IOException {
    machine = LockMachine.restore(image);
    publish();
  }

  @Override
  public void leads(long term) {
    leading = true;
    meter.leads();
    leads.accept(term);
  }

  @Override
  public void follows() {
    leading = false;
    follows.run();
  }

  /** Tells how long it takes to keep an image. */
  private static final class Metered implements Image {
    private final io.tyer.server.state.Image image;
    private final ReplicaMeter meter;
    private final LongSupplier nanos;
    private final long begun;

    Metered(io.tyer.server.state.Image image, ReplicaMeter meter, LongSupplier nanos) {
      this.image = image;
      this.meter = meter;
      this.nanos = nanos;
      this.begun = nanos.getAsLong();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      image.write(out);
    }

    @Override
    public void written(long bytes) {
      meter.snapshot(nanos.getAsLong() - begun, bytes);
    }
  }
}
