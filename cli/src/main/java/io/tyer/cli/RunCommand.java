package io.tyer.cli;

import io.tyer.Acquirable;
import io.tyer.DurationText;
import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code tyer run}: wait for the lock, run the command, give the lock back. The session names this
 * process and the command as its bearers: it can be proved dead only when both are, so that a
 * command whose {@code tyer} was killed still keeps others out.
 */
final class RunCommand {

  /** Our messages come before the command's, unless nobody reads them. */
  private static final Duration BEFORE_THE_COMMAND = Duration.ofMillis(100);

  private final RunOptions options;
  private final Screen screen;
  private final StoreChoice store;
  private final Timing timing;
  private final String owner;
  private final WaitingLine.Style style;
  private final SignalDesk signals = new SignalDesk(Thread.currentThread());

  RunCommand(RunOptions options, Map<String, String> environment, Screen screen) {
    this.options = options;
    this.screen = screen;
    this.store = StoreChoice.of(options.store(), environment, screen);
    this.timing = Timing.of(options, store.address(), environment);
    this.owner = Owner.of(options, store.address(), environment);
    this.style = WaitingLine.Style.of(options.verbose(), environment);
  }

  int run() {
    signals.open();
    PatientOpening opening = new PatientOpening(options.patience(), style, screen);
    try (Tyer tyer = opening.open(() -> Client.holder(store, options, timing, owner))) {
      while (true) {
        OptionalInt code = once(tyer, opening);
        if (code.isPresent()) {
          return code.getAsInt();
        }
        int stopped = options.elect() ? signals.waitAgain() : Exit.LOST.code();
        if (stopped != 0) {
          return stopped;
        }
      }
    } catch (InterruptedException e) {
      return signals.exitCode();
    }
  }

  /** What to exit with; empty if the lease was lost. */
  private OptionalInt once(Tyer tyer, PatientOpening opening) throws InterruptedException {
    OptionalLease lease = obtain(tyer, opening);
    int interrupted = signals.waitEnded();
    if (lease.isEmpty()) {
      return OptionalInt.of(interrupted != 0 ? interrupted : busy());
    }
    try (Lease held = lease.get()) {
      return interrupted != 0 ? OptionalInt.of(interrupted) : hold(tyer, held);
    }
  }

  private OptionalLease obtain(Tyer tyer, PatientOpening opening) throws InterruptedException {
    Acquirable lock;
    try {
      lock = options.share().of(tyer, options.name());
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
    try (WaitingLine line = new WaitingLine(tyer, options.name(), owner, style, screen)) {
      line.open();
      if (options.elect()) {
        return OptionalLease.of(new Standby(lock, screen).acquire());
      }
      Duration patience = options.patience();
      return patience == null
          ? OptionalLease.of(lock.acquire())
          : lock.tryAcquire(opening.left(patience));
    }
  }

  private int busy() {
    Duration waited = options.patience();
    screen.say(
        waited == null || waited.isZero()
            ? options.name() + " is not free"
            : options.name() + " was not obtained within " + DurationText.format(waited));
    return Exit.BUSY.code();
  }

  private OptionalInt hold(Tyer tyer, Lease lease) {
    LossGuard guard = new LossGuard(options.onLoss(), timing.grace());
    guard.proved(lease::remaining);
    lease.onLost(cause -> lost(guard, cause));
    ChildCommand command = new ChildCommand(options.command(), variables(lease));
    verbose("holding " + options.name() + ", token " + lease.token());
    screen.drain(BEFORE_THE_COMMAND);
    // Until the command is named, only missing beats may end the session: it could run unnamed.
    tyer.operator().bearers(List.of());
    int stopped = signals.aboutToStart();
    if (stopped != 0) {
      return OptionalInt.of(stopped);
    }
    Child child;
    try {
      child = guard.start(command, lease::isValid);
    } catch (IOException e) {
      throw command.refusal(e);
    }
    if (child == null) {
      return OptionalInt.empty();
    }
    try {
      signals.commandStarted(child);
      name(tyer, child);
      while (!child.waitFor(timing.sampleMillis())) {
        guard.proved(lease::remaining);
      }
    } finally {
      child.awaitEnd(); // whatever happens here, the lock is not given back before
    }
    signals.commandEnded();
    return ended(guard, lease, child);
  }

  private Map<String, String> variables(Lease lease) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("TYER_LOCK", options.name());
    variables.put("TYER_TOKEN", Long.toString(lease.token()));
    variables.put(StoreChoice.STORE, store.address().withoutPassword().text());
    return variables;
  }

  private void name(Tyer tyer, Child child) {
    try {
      tyer.operator().bearers(List.of(ProcessHandle.current(), child.handle()));
      verbose("the command is process " + child.handle().pid());
    } catch (TyerException e) {
      screen.warn(
          "if this process is killed, the next in line may have to wait for the ttl: "
              + e.getMessage());
    }
  }

  private void lost(LossGuard guard, LossCause cause) {
    // The library's log has said that the lease is lost, and why.
    screen.warn(
        options.onLoss() == OnLoss.CONTINUE
            ? "the command runs on without the lock"
            : "ending the command");
    guard.lost(cause);
  }

  private OptionalInt ended(LossGuard guard, Lease lease, Child child) {
    verbose("the command has exited with " + child.exitCode());
    if (options.onLoss() == OnLoss.CONTINUE) {
      return OptionalInt.of(child.exitCode());
    }
    if (guard.cause() != null) {
      guard.awaitEnd();
      return OptionalInt.empty();
    }
    if (!lease.isValid()) {
      screen.warn("the lease of " + options.name() + " could not be proved to the command's end");
      return OptionalInt.empty();
    }
    return OptionalInt.of(child.exitCode());
  }

  private void verbose(String message) {
    if (options.verbose()) {
      screen.say(message);
    }
  }
}
