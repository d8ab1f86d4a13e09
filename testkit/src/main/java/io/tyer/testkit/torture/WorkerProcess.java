package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A worker's process as the nemesis and the coordinator see it. */
final class WorkerProcess {

  /** The exit code of who was ended by SIGKILL. */
  private static final int KILLED = 128 + 9;

  private final String title;
  private final Process process;
  private final HistoryWriter history;
  private final Consumer<String> complaints;
  private final Set<Integer> clients = new ConcurrentSkipListSet<>();
  private final Thread listener;
  private volatile long pausedAt;
  private volatile Set<Integer> paused = Set.of();
  private volatile boolean killed;
  private volatile boolean everOpened;
  private final AtomicBoolean complained = new AtomicBoolean();

  WorkerProcess(String title, Process process, HistoryWriter history, Consumer<String> complaints) {
    this.title = title;
    this.process = process;
    this.history = history;
    this.complaints = complaints;
    this.listener = new Thread(null, this::listen, "reports-of-" + title, 0, false);
    listener.setDaemon(true);
    listener.start();
  }

  long pid() {
    return process.pid();
  }

  /** Whether it has ever had a client open. */
  boolean atWork() {
    return everOpened;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** When this returns it is gone, and everything it has said was heard. */
  void kill() throws InterruptedException {
    boolean again = killed;
    requireAlive();
    killed = true;
    long at = System.nanoTime();
    Set<Integer> known = Set.copyOf(clients);
    write(at, known, What.KILLED);
    process.destroyForcibly();
    process.waitFor();
    if (!again && process.exitValue() != KILLED) {
      diedByItself();
    }
    listener.join(TimeUnit.SECONDS.toMillis(10));
    Set<Integer> late = new TreeSet<>(clients);
    late.removeAll(known);
    write(at, late, What.KILLED);
  }

  /** Complains, once, if nobody has killed it and it has ended nevertheless. */
  boolean requireAlive() {
    if (!killed && !process.isAlive()) {
      diedByItself();
      return false;
    }
    return true;
  }

  private void diedByItself() {
    if (complained.compareAndSet(false, true)) {
      complaints.accept(
          title + " ended with exit code " + process.exitValue() + ", and nobody killed it");
    }
  }

  void pause() throws IOException, InterruptedException {
    pausedAt = System.nanoTime();
    paused = Set.copyOf(clients);
    write(pausedAt, paused, What.PAUSED);
    Signal.STOP.send(pid());
  }

  void resume() throws IOException, InterruptedException {
    Signal.CONT.send(pid());
    long at = System.nanoTime();
    // What it said just before it was stopped may have been heard since.
    Set<Integer> late = new TreeSet<>(clients);
    late.removeAll(paused);
    write(pausedAt, late, What.PAUSED);
    write(at, paused, What.RESUMED);
    write(at, late, What.RESUMED);
  }

  void tell(String word) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // It has ended, which is judged by its exit code.
    }
  }

  /** Waits for it to end by itself; kills and complains if it does not, or ends badly. */
  void awaitEnd(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      complaints.accept(title + " did not finish within " + seconds + " s of being told to");
      kill();
    } else if (!killed && process.exitValue() != 0) {
      diedByItself();
    }
    listener.join(TimeUnit.SECONDS.toMillis(10));
  }

  private void listen() {
    try (BufferedReader reports =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reports.readLine(); line != null; line = reports.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      // Killed; otherwise its exit code tells.
    }
  }

  private void heard(String line) {
    int end = line.indexOf(' ');
    String word = end < 0 ? line : line.substring(0, end);
    String text = end < 0 ? "" : line.substring(end + 1);
    switch (word) {
      case Reports.OPENED -> {
        clients.add(Integer.valueOf(text));
        everOpened = true;
      }
      case Reports.CLOSED -> clients.remove(Integer.valueOf(text));
      case Reports.DONE -> {}
      default -> complaints.accept(title + ": " + line);
    }
  }

  private void write(long at, Set<Integer> whom, What what) {
    for (int client : whom) {
      history.write(new Event(at, client, 0, what, "", 0, 0, 0, 0, "pid " + pid()));
    }
  }
}
