package io.tyer.cli;

import io.tyer.command.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tyer run} does with signals. While it waits for the lock: INT, TERM and HUP interrupt
 * the wait, a second one ends the program on the spot. While the command runs: all are passed on.
 */
final class SignalDesk {

  private enum Phase {
    WAITING,
    PREPARING,
    STARTING,
    RUNNING,
    ENDED
  }

  private final Thread waiter;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> pending = new ArrayList<>();
  private Phase phase = Phase.WAITING;
  private int interruptedBy;
  private @Nullable Child child;

  /** For the thread that waits for the lock. */
  SignalDesk(Thread waiter) {
    this.waiter = waiter;
  }

  void open() {
    for (String name : List.of("INT", "TERM", "HUP", "USR1", "USR2")) {
      boolean possible = Signals.handle(name, this::received);
      assert possible || !name.equals("TERM");
    }
  }

  private void received(String name, int number) {
    lock.lock();
    try {
      switch (phase) {
        case WAITING -> interrupt(name, number);
        case PREPARING -> prepareToEnd(name, number);
        case STARTING -> pending.add(name);
        case RUNNING -> passOn(name, number);
        case ENDED -> askedToEnd(name, number);
      }
    } finally {
      lock.unlock();
    }
  }

  private void interrupt(String name, int number) {
    if (name.startsWith("USR")) {
      return; // meant for the command, which is not there
    }
    if (interruptedBy != 0) {
      Runtime.getRuntime().halt(Exit.ofSignal(number));
    }
    interruptedBy = number;
    waiter.interrupt();
  }

  /** The lock is held, and the command is not there yet: what ends programs ends this one. */
  private void prepareToEnd(String name, int number) {
    if (name.startsWith("USR")) {
      pending.add(name);
    } else if (interruptedBy != 0) {
      Runtime.getRuntime().halt(Exit.ofSignal(number));
    } else {
      interruptedBy = number;
    }
  }

  private void passOn(String name, int number) {
    askedToEnd(name, number);
    passOn(name);
  }

  private void askedToEnd(String name, int number) {
    if (!name.startsWith("USR")) {
      interruptedBy = number;
    }
  }

  private void passOn(String name) {
    if (child != null && !(name.equals("INT") && Foreground.isOurs())) {
      child.signal(name);
    }
  }

  /**
   * The wait is over: from now on signals interrupt nothing. Called by the waiter.
   *
   * @return the exit code if a signal came before, else 0
   */
  int waitEnded() {
    lock.lock();
    try {
      phase = Phase.PREPARING;
      boolean wasInterrupted = Thread.interrupted();
      return wasInterrupted || interruptedBy != 0 ? exitCode() : 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The command is about to be started: from now on signals are kept for it.
   *
   * @return the exit code if one came before that ends this program, else 0
   */
  int aboutToStart() {
    lock.lock();
    try {
      phase = Phase.STARTING;
      return interruptedBy != 0 ? exitCode() : 0;
    } finally {
      lock.unlock();
    }
  }

  /** The command runs: it gets the signals that came meanwhile and all that come. */
  void commandStarted(Child started) {
    lock.lock();
    try {
      child = started;
      phase = Phase.RUNNING;
      pending.forEach(this::passOn);
      pending.clear();
    } finally {
      lock.unlock();
    }
  }

  /** There is nobody to pass signals on to any more; what is left to do is short. */
  void commandEnded() {
    lock.lock();
    try {
      child = null;
      phase = Phase.ENDED;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The lock is waited for again. Called by the waiter.
   *
   * @return the exit code if this program has been asked to end meanwhile, else 0
   */
  int waitAgain() {
    lock.lock();
    try {
      if (interruptedBy != 0) {
        return exitCode();
      }
      phase = Phase.WAITING;
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** What to exit with after an interrupted wait. */
  int exitCode() {
    lock.lock();
    try {
      return Exit.ofSignal(interruptedBy == 0 ? 2 : interruptedBy);
    } finally {
      lock.unlock();
    }
  }
}
