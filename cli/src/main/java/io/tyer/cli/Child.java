package io.tyer.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The running command, and the processes that it has started. */
final class Child {

  /** Processes may start others while they are killed: how often to look again. */
  private static final int ROUNDS = 10;

  private final Process process;

  Child(Process process) {
    this.process = process;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean waitFor(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false; // a signal that came late; it has been passed on
    }
  }

  /** Waits for its end, however long that takes. */
  void awaitEnd() {
    while (process.isAlive()) {
      waitFor(1000);
    }
  }

  /** What the command exited with; 128 + n if signal n ended it. */
  int exitCode() {
    return process.exitValue();
  }

  /** Sends the command alone a signal, such as {@code HUP}. */
  void signal(String name) {
    if (name.equals("TERM")) {
      process.toHandle().destroy();
      return;
    }
    // Java can send nothing but TERM and KILL by itself.
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      // No process can be started any more: there is no other way to send it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends TERM to the command and all it has started; answers whom. */
  Set<ProcessHandle> terminate() {
    Set<ProcessHandle> all = everybody();
    for (ProcessHandle one : all) {
      one.destroy();
    }
    return all;
  }

  /** Waits until all of these have ended, but not longer. */
  static void await(Set<ProcessHandle> processes, long nanos) {
    List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
    for (ProcessHandle one : processes) {
      ends.add(one.onExit());
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
    try {
      all.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return; // some are left
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills these, the command, and all that any of them has started. */
  void kill(Set<ProcessHandle> known) {
    Set<ProcessHandle> all = new LinkedHashSet<>(known);
    boolean grown = true;
    for (int round = 0; grown && round < ROUNDS; round++) {
      grown = all.addAll(everybody());
      for (ProcessHandle one : List.copyOf(all)) {
        grown |= addDescendants(one, all);
      }
      for (ProcessHandle one : all) {
        one.destroyForcibly();
      }
    }
  }

  private Set<ProcessHandle> everybody() {
    Set<ProcessHandle> all = new LinkedHashSet<>();
    all.add(process.toHandle());
    addDescendants(process.toHandle(), all);
    return all;
  }

  private static boolean addDescendants(ProcessHandle ancestor, Set<ProcessHandle> all) {
    return all.addAll(ancestor.descendants().toList());
  }
}
