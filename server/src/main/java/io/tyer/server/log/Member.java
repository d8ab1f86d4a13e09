package io.tyer.server.log;

import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.replica.ReplicaLoad;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.replica.ReplicaStatus;
import io.tyer.server.replica.Submission;
import io.tyer.server.replica.Uncaught;
import io.tyer.server.state.Notice;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member whose commands go through a replicated log. */
public final class Member implements Replica {

  /** While there are sessions, the leader lets time pass at least this often. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Every so many ticks the other members are asked for their clocks: each 10 s. */
  private static final long ASK_TICKS = 40;

  private static final long NO_LEAD = -1;
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);

  private final MemberConfig config;
  private final Surroundings surroundings;
  private final LockLogMachine machine;
  private final Batcher batcher;
  private final LeadTeller teller;
  private final ReplicatedLog log;
  private final Clocks clocks;
  private final ReplicaMeter meter;
  private final CompletableFuture<ReplicatedLog> opened = new CompletableFuture<>();
  private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private final AtomicLong ticks = new AtomicLong();

  /** Held for moments, so that what is told of leads comes in their order. */
  private final ReentrantLock leads = new ReentrantLock();

  /** The term in which this member leads; written under that lock. */
  private volatile long lead = NO_LEAD;

  /**
   * Starts a member, which takes part in its group from then on.
   *
   * @param engine keeps the log
   * @param surroundings clocks, timer and threads; must outlive the member
   * @throws IOException if the directory or an address cannot be used; the message says what to do
   */
  public static Member start(MemberConfig config, LogEngine engine, Surroundings surroundings)
      throws IOException {
    return start(config, engine, surroundings, ReplicaMeter.NONE);
  }

  /**
   * Starts a member that is measured.
   *
   * @param meter told what the member does
   * @throws IOException as {@link #start(MemberConfig, LogEngine, Surroundings)}
   */
  public static Member start(
      MemberConfig config, LogEngine engine, Surroundings surroundings, ReplicaMeter meter)
      throws IOException {
    Member member = new Member(config, engine, surroundings, meter);
    member.tickAgain();
    return member;
  }

  private Member(
      MemberConfig config, LogEngine engine, Surroundings surroundings, ReplicaMeter meter)
      throws IOException {
    this.config = config;
    this.surroundings = surroundings;
    this.meter = meter;
    clocks = new Clocks(surroundings);
    teller = new LeadTeller(surroundings.io());
    machine =
        new LockLogMachine(
            this::leads,
            this::follows,
            this::changed,
            config.heap(),
            meter,
            surroundings::nanoTime,
            surroundings::wallMillis);
    Admission admission = new Admission(config.heap(), machine);
    batcher = new Batcher(this::append, surroundings, this::tell, meter, admission);
    log = engine.open(config, machine);
    opened.complete(log);
  }

  /** It may lead before it is known to be open. */
  private CompletableFuture<Object> append(long term, byte[] entry) {
    return opened.isDone()
        ? opened.join().append(term, entry)
        : opened.thenCompose(to -> to.append(term, entry));
  }

  /** Called with the engine's locks, perhaps before the log is known to be open. */
  private void leads(long term) {
    leads.lock();
    try {
      lead = term;
    } finally {
      leads.unlock();
    }
    batcher.begins(term);
    var unused = opened.thenAcceptAsync(to -> tryToBegin(to, term), surroundings.io());
  }

  /** Where it cannot begin, somebody else is to lead, or it begins a moment later. */
  private void tryToBegin(ReplicatedLog to, long term) {
    var unused =
        CompletableFuture.completedFuture(term)
            .thenCompose(now -> begin(to, now))
            .exceptionallyCompose(
                e -> {
                  Throwable cause = e.getCause();
                  Uncaught.tell(e instanceof CompletionException && cause != null ? cause : e);
                  LOG.error("This member could not begin to lead, and hands the lead over", e);
                  return to.handOver();
                })
            .whenComplete(
                (done, failure) -> {
                  if (lead == term && !batcher.isLeading()) {
                    beginLater(to, term);
                  }
                });
  }

  private void beginLater(ReplicatedLog to, long term) {
    surroundings.schedule(
        TICK_NANOS,
        () ->
            surroundings
                .io()
                .execute(
                    () -> {
                      if (lead == term && !closed) {
                        tryToBegin(to, term);
                      }
                    }));
  }

  /** Takes commands once the lead's first entry is known. */
  private CompletableFuture<Void> begin(ReplicatedLog to, long term) {
    int members = to.status().members().size();
    CompletableFuture<List<PeerClock>> told =
        machine.adopted() < Opening.VERSION && members > 1
            ? CompletableFuture.completedFuture(List.of())
            : clocks.known(to, members);
    return told.thenAcceptAsync(others -> begin(to, term, others), surroundings.io());
  }

  private void begin(ReplicatedLog to, long term, List<PeerClock> others) {
    Opening opening = opening(to, others);
    if (batcher.leads(term, opening.commands())) {
      leads.lock();
      try {
        // Its end, or a later one, may have been told meanwhile.
        if (lead == term) {
          teller.leading(true);
        }
      } finally {
        leads.unlock();
      }
    }
  }

  private Opening opening(ReplicatedLog to, List<PeerClock> others) {
    Opening opening =
        Opening.of(
            machine.adopted(),
            machine.lastNumber(),
            to.promised(),
            surroundings.wallMillis(),
            others,
            to.status().members().size());
    opening
        .alarm()
        .ifPresent(
            why -> {
              meter.clockRefused();
              LOG.error(
                  "Numbers of fencing tokens are not raised as this lead begins: {}. See to the"
                      + " clocks: should the log lose its end, tokens would be given again",
                  why);
            });
    return opening;
  }

  private void follows() {
    leads.lock();
    try {
      lead = NO_LEAD;
      batcher.follows();
      teller.leading(false);
    } finally {
      leads.unlock();
    }
  }

  /** Asks the others how they are, and adopts what all of them know by then. */
  private void askOthers() {
    var unused =
        clocks
            .ask(log)
            .thenAcceptAsync(
                others -> {
                  if (lead != NO_LEAD && machine.adopted() < Opening.VERSION) {
                    batcher.submit(
                        opening(log, others).commands().stream()
                            .map(command -> new Submission(command, Pending.NOBODY))
                            .toList());
                  }
                },
                surroundings.io());
  }

  private void tell(List<Notice> notices) {
    for (ReplicaListener listener : listeners) {
      listener.notices(notices);
    }
  }

  private void changed(Set<LockName> names) {
    for (ReplicaListener listener : listeners) {
      listener.changed(names);
    }
  }

  private void tickAgain() {
    if (!closed) {
      surroundings.schedule(TICK_NANOS, () -> surroundings.io().execute(this::tick));
    }
  }

  private void tick() {
    try {
      if (ticks.getAndIncrement() % ASK_TICKS == 0 && !config.isAlone()) {
        askOthers();
      }
      if (machine.sessions() > 0) {
        batcher.tick();
      }
    } finally {
      tickAgain();
    }
  }

  /** The version of entries by which the members of its group behave. */
  int adopted() {
    return machine.adopted();
  }

  @Override
  public void submit(List<Submission> together) {
    batcher.submit(together);
  }

  @Override
  public void listen(ReplicaListener to) {
    listeners.add(to);
    teller.listen(to);
  }

  @Override
  public void watch(boolean wanted) {
    machine.watch(wanted);
  }

  @Override
  public ReplicaStatus status() {
    LogStatus status = log.status();
    return new ReplicaStatus(
        config.cluster(),
        config.self(),
        status.leader(),
        status.leading() && batcher.isLeading(),
        status.term(),
        status.applied(),
        machine.sessions(),
        machine.tickets(),
        status.members());
  }

  @Override
  public ReplicaLoad load() {
    return machine.load(batcher.queued());
  }

  @Override
  public Optional<AccessToken> token(TokenId id) {
    return Optional.ofNullable(machine.tokens().get(id));
  }

  @Override
  public boolean hasTokens() {
    return !machine.tokens().isEmpty();
  }

  @Override
  public CompletableFuture<Void> add(MemberInfo member) {
    return log.add(member);
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return log.remove(id);
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return log.transfer(id);
  }

  @Override
  public CompletableFuture<Void> handOver() {
    return log.handOver();
  }

  /**
   * Writes a snapshot now, and forgets the entries before it.
   *
   * @return the index of the last entry in it
   */
  public CompletableFuture<Long> snapshot() {
    return log.snapshot();
  }

  /**
   * Completes when this member has stopped: normally after {@link #close()}, else with why it could
   * not go on, such as a disk that is full. It takes no commands then, and has to be started anew.
   */
  public CompletableFuture<Void> stopped() {
    return log.stopped();
  }

  @Override
  public void close() {
    closed = true;
    batcher.close();
    log.close();
  }
}
