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
import io.tyer.server.state.Notice;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A member whose commands go through a replicated log. */
public final class Member implements Replica {

  /** While there are sessions, the leader lets time pass at least this often. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final MemberConfig config;
  private final Surroundings surroundings;
  private final LockLogMachine machine;
  private final Batcher batcher;
  private final LeadTeller teller;
  private final ReplicatedLog log;
  private volatile @Nullable ReplicatedLog opened;
  private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

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
    teller = new LeadTeller(surroundings.io());
    batcher = new Batcher(this::append, surroundings, this::tell, meter);
    machine =
        new LockLogMachine(
            this::leads, this::follows, this::changed, meter, surroundings::nanoTime);
    log = engine.open(config, machine);
    opened = log;
  }

  /** It may lead before it is known to be open. */
  private CompletableFuture<Object> append(long term, byte[] entry) {
    ReplicatedLog to = opened;
    return to == null
        ? CompletableFuture.failedFuture(new NotAppendedException("this member is starting"))
        : to.append(term, entry);
  }

  private void leads(long term) {
    batcher.leads(term);
    teller.leading(true);
  }

  private void follows() {
    batcher.follows();
    teller.leading(false);
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
    if (machine.sessions() > 0) {
      batcher.tick();
    }
    tickAgain();
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
        status.leading(),
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
