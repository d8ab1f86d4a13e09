package io.tyer.example.coupons;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A buyer's process, as its parent sees it. What it says is handed on by a thread of its own. */
final class Buyer {

  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    // A paused process would otherwise outlive an interrupted demo for ever.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "coupons-shutdown"));
  }

  private final int number;
  private final Process process;
  private volatile Consumer<Event> heard = unused -> {};

  private Buyer(int number, Process process) {
    this.number = number;
    this.process = process;
  }

  /** Starts one, which waits for a job. */
  static Buyer start(int number) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BuyerProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ALIVE.add(process);
    Buyer buyer = new Buyer(number, process);
    Thread listener = new Thread(buyer::listen, "coupons-buyer-" + number);
    listener.setDaemon(true);
    listener.start();
    return buyer;
  }

  int number() {
    return number;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Hands a job over. The first event of it is READY, the last OVER or, of the process, ENDED. */
  void give(BuyerJob job, Consumer<Event> listener) {
    heard = listener;
    write(job.toLines());
  }

  /** Says a word to it; without effect if it is gone. */
  void tell(String word) {
    write(word + "\n");
  }

  /** SIGKILL. Nothing that it had not done happens when this returns. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).inheritIO().start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("could not send SIG" + name + " to buyer " + number);
    }
  }

  private void write(String text) {
    try {
      OutputStream out = process.getOutputStream();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // It has ended, which its exit code tells.
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.accept(Event.ofLine(number, line));
      }
    } catch (IOException e) {
      // Killed; otherwise its exit code tells.
    } catch (IllegalArgumentException e) {
      heard.accept(Event.now(number, EventKind.FAILED, e.toString()));
    }
    try {
      int code = process.waitFor();
      ALIVE.remove(process);
      heard.accept(Event.now(number, EventKind.ENDED, Integer.toString(code)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
