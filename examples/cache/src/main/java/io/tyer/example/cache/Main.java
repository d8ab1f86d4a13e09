package io.tyer.example.cache;

import io.tyer.example.cache.Computations.Said;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The program {@code ./tyer demo cache}: processes read a value that expires all the time, and the
 * one that computes it is paused, and killed.
 */
public final class Main {

  private static final String HELP =
      """
      ./tyer demo cache: many read a value, one computes it; it is paused, and killed.
      Takes no arguments. Exit codes: 0 all was as promised, 1 it was not, 2 wrong arguments.\
      """;

  private static final String PAUSED = "paused";
  private static final String KILLED = "killed";

  private final String store;
  private final Path file;
  private final Computations computations = new Computations();
  private final Map<String, Started> processes = new TreeMap<>();
  private boolean right = true;

  /** A process, and the thread that hears what it says. */
  private record Started(Process process, Thread listener) {}

  private Main(Path directory) {
    store = "file:" + directory.resolve("locks");
    file = directory.resolve("value");
  }

  /** Runs it, and exits with 0, 1 or 2 as its help says. */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    if (args.length > 0) {
      boolean asked = List.of("-h", "--help").contains(args[0]);
      System.out.println(HELP);
      System.exit(asked ? 0 : 2);
    }
    Path directory = Files.createTempDirectory("tyer-cache");
    boolean right;
    try {
      right = new Main(directory).run();
    } finally {
      delete(directory);
    }
    System.exit(right ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException, TimeoutException {
    say(
        "A value that takes "
            + ReaderProcess.COMPUTING.toMillis()
            + " ms to compute and is good for "
            + ReaderProcess.LIFETIME.toMillis()
            + " ms; processes with four readers each.");
    try {
      paused();
      killed();
      many();
    } finally {
      processes.values().forEach(started -> started.process().destroyForcibly());
    }
    say(right ? "All as promised." : "NOT AS PROMISED");
    return right;
  }

  private void paused() throws IOException, InterruptedException, TimeoutException {
    say("1. There is no value yet. The first process begins to compute it, and is paused.");
    start(PAUSED, "wait");
    computations.await(1, said -> said.is("begin"));
    signal(PAUSED, "STOP");
    start("a", "go on");
    start("b", "go on");
    computations.await(1, said -> said.is("end"));
    say("   The others had to wait, until its lock was free; then one of them computed.");
    signal(PAUSED, "CONT");
    ReaderProcess.tell(started(PAUSED).process(), "go on");
    computations.await(1, said -> said.by().equals(PAUSED) && said.is("late"));
    check(true, "it wakes up, and what it has computed is refused");
    check(end(PAUSED) == 0, "it goes on with what the others have computed");
  }

  private void killed() throws IOException, InterruptedException, TimeoutException {
    say("2. A process is killed while it computes.");
    start(KILLED, "die");
    computations.await(1, said -> said.by().equals(KILLED));
    long begun = last(KILLED).nanos();
    check(started(KILLED).process().waitFor() == ReaderProcess.KILLED, "it is dead");
    computations.await(1, said -> isOfOthers(said) && said.is("end") && said.nanos() > begun);
    long next =
        computations.said().stream()
            .filter(said -> isOfOthers(said) && said.is("end") && said.nanos() > begun)
            .mapToLong(Said::nanos)
            .min()
            .orElseThrow();
    say(
        "   Another one computed; the value was older than it should be for "
            + TimeUnit.NANOSECONDS.toMillis(next - begun)
            + " ms.");
  }

  private void many() throws IOException, InterruptedException, TimeoutException {
    say("3. Those who are left go on.");
    int now = computations.said().size();
    computations.await(now + 8, said -> true);
    check(end("a") == 0 && end("b") == 0, "all have ended well");
    check(
        computations.tooEarly(List.of("a", "b"), ReaderProcess.LIFETIME) == 0,
        "the value was computed once in its lifetime, never more often");
    for (Said said : computations.said()) {
      if (said.is("got")) {
        say("   readers of " + said.by() + " " + said.line());
      }
      if (said.is("failed")) {
        check(false, said.by() + " " + said.line());
      }
    }
  }

  private static boolean isOfOthers(Said said) {
    return !said.by().equals(KILLED);
  }

  private Said last(String by) {
    return computations.said().stream()
        .filter(said -> said.by().equals(by))
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  private void start(String name, String first) throws IOException {
    Process process = ReaderProcess.start(store, file, first);
    Thread listener = new Thread(() -> listen(name, process), "listener");
    listener.setDaemon(true);
    listener.start();
    processes.put(name, new Started(process, listener));
  }

  private Started started(String name) {
    return Objects.requireNonNull(processes.get(name), name);
  }

  private void listen(String name, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        computations.heard(name, line);
      }
    } catch (IOException e) {
      // It was killed: what it has not said is missed.
    }
  }

  /** Lets it end, and tells its exit code when all it said was heard. */
  private int end(String name) throws IOException, InterruptedException {
    Started started = started(name);
    started.process().getOutputStream().close();
    int code = started.process().waitFor();
    started.listener().join();
    return code;
  }

  private void signal(String name, String signal) throws IOException, InterruptedException {
    String pid = Long.toString(started(name).process().pid());
    if (new ProcessBuilder("kill", "-s", signal, pid).inheritIO().start().waitFor() != 0) {
      throw new IOException("could not send SIG" + signal);
    }
  }

  private void check(boolean holds, String what) {
    right &= holds;
    say((holds ? "   right: " : "   WRONG: ") + what);
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
