package io.tyer.server.replica;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Applied;
import io.tyer.server.state.Command;
import io.tyer.server.state.Entry;
import io.tyer.server.state.LockMachine;
import io.tyer.server.state.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A member whose group is itself, without a log; time passes when a test says so. */
public final class MemoryReplica implements Replica {

  public static final MemberInfo SELF = new MemberInfo("1", "127.0.0.1:1", "127.0.0.1:2");
  public static final MemberInfo OTHER =
      new MemberInfo("2", "127.0.0.2:1", "other.example:7878", "other.example:7880");

  private final ExecutorService applying = Executors.newSingleThreadExecutor();
  private final LockMachine machine = new LockMachine();
  private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean leading = true;
  private volatile @Nullable Failure failing;
  private volatile @Nullable Outcome answering;
  private volatile boolean silent;
  private volatile boolean watched;
  private volatile boolean broken;
  private final AtomicInteger submitted = new AtomicInteger();
  private final List<Integer> packs = new CopyOnWriteArrayList<>();

  /** Like the leader's clock: as many entries as it takes. */
  public void elapse(long millis) {
    for (long left = millis; left > 0; left -= 500) {
      apply(Math.min(left, 500), new Command.Tick(), null).join();
    }
  }

  public void lead(boolean now) {
    leading = now;
    listeners.forEach(listener -> listener.leading(now));
  }

  /** Answers commands with this failure instead of applying them. */
  public void fail(@Nullable Failure failure) {
    failing = failure;
  }

  /** Answers commands that come alone with this. */
  public void answerWith(@Nullable Outcome outcome) {
    answering = outcome;
  }

  /** Breaks at the next command. */
  public void breakDown() {
    broken = true;
  }

  /** Answers what comes from now on only after this latch is open. */
  public CountDownLatch hold() {
    CountDownLatch opened = new CountDownLatch(1);
    applying.execute(
        () -> {
          try {
            opened.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return opened;
  }

  /** Answers nothing. */
  public void fallSilent() {
    silent = true;
  }

  /** How many commands have come: as soon as they are so many, else after a while. */
  public int awaitSubmitted(int count) {
    long until = System.nanoTime() + 60_000_000_000L;
    while (submitted.get() < count && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    return submitted.get();
  }

  /** How many commands have come. */
  public int submitted() {
    return submitted.get();
  }

  @Override
  public void submit(List<Submission> together) {
    packs.add(together.size());
    if (together.size() == 1) {
      submit(together.get(0).command(), together.get(0).answer());
      return;
    }
    if (isRefused(together)) {
      return;
    }
    // As one entry.
    List<Command> commands = together.stream().map(Submission::command).toList();
    applying.execute(
        () -> {
          machine.watched(watched);
          Applied applied = machine.apply(new Entry(0, 1_000_000, commands));
          for (int i = 0; i < commands.size(); i++) {
            together.get(i).answer().done(applied.outcomes().get(i));
          }
          together.forEach(one -> one.answer().flush());
          tell(applied);
        });
  }

  /** How many commands came at once, each time. */
  public List<Integer> packs() {
    return packs;
  }

  @Override
  public void submit(Command command, Answer answer) {
    if (isRefused(List.of(new Submission(command, answer)))) {
      return;
    }
    CompletableFuture<Void> unused = apply(0, command, answer);
  }

  private boolean isRefused(List<Submission> together) {
    submitted.addAndGet(together.size());
    Failure failure = leading ? failing : Failure.NOT_LEADING;
    if (broken) {
      throw new ArithmeticException("a detail of the server's");
    }
    if (failure != null && !silent) {
      together.forEach(one -> one.answer().failed(failure, "as the test says"));
    }
    return silent || failure != null;
  }

  @Override
  public void watch(boolean wanted) {
    watched = wanted;
  }

  /** Whether anybody wants to know of changes. */
  public boolean isWatched() {
    return watched;
  }

  private void tell(Applied applied) {
    if (!applied.changed().isEmpty()) {
      listeners.forEach(listener -> listener.changed(applied.changed()));
    }
    if (!applied.notices().isEmpty()) {
      listeners.forEach(listener -> listener.notices(applied.notices()));
    }
  }

  private CompletableFuture<Void> apply(long elapsed, Command command, @Nullable Answer answer) {
    return CompletableFuture.runAsync(
        () -> {
          machine.watched(watched);
          Applied applied = machine.apply(new Entry(elapsed, 1_000_000, List.of(command)));
          if (answer != null) {
            Outcome given = answering;
            answer.done(given == null ? applied.outcomes().get(0) : given);
            answer.flush();
          }
          tell(applied);
        },
        applying);
  }

  @Override
  public void listen(ReplicaListener to) {
    listeners.add(to);
  }

  @Override
  public Optional<AccessToken> token(TokenId id) {
    return Optional.ofNullable(machine.tokens().get(id));
  }

  @Override
  public CompletableFuture<Void> handOver() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean hasTokens() {
    return !machine.tokens().isEmpty();
  }

  @Override
  public ReplicaLoad load() {
    return new ReplicaLoad(machine.lines(), machine.waiting(), 0, machine.heapCost(), 1);
  }

  @Override
  public ReplicaStatus status() {
    return new ReplicaStatus(
        "test",
        SELF,
        Optional.of(leading ? SELF : OTHER),
        leading,
        1,
        1,
        machine.sessions(),
        machine.tickets(),
        List.of(SELF, OTHER));
  }

  @Override
  public CompletableFuture<Void> add(MemberInfo member) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return CompletableFuture.failedFuture(
        new IllegalArgumentException("no member is called " + id));
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return CompletableFuture.failedFuture(new ArithmeticException("a detail of the server's"));
  }

  @Override
  public void close() {
    applying.shutdown();
  }
}
