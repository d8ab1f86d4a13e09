package io.tyer.example.cache;

import io.tyer.example.cache.Computations.Said;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Program;
import io.tyer.example.frame.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program {@code ./tyer demo cache}: processes read a value that expires all the time, and the
 * one that computes it is paused, and killed.
 */
public final class Main {

  private static final String PAUSED = "paused";
  private static final String KILLED = "killed";

  private final String store;
  private final Path file;
  private final Screen screen;
  private final Computations computations = new Computations();
  private final Map<String, ChildProcess> processes = new TreeMap<>();

  private Main(Path directory, Screen screen) {
    store = "file:" + directory.resolve("locks");
    file = directory.resolve("value");
    this.screen = screen;
  }

  /** Runs it, and exits as its help says. */
  public static void main(String[] args) {
    Program.main(
        "cache",
        "many read a value, one computes it; it is paused, and killed.",
        args,
        (directory, screen) -> new Main(directory, screen).show());
  }

  private void show() throws IOException, InterruptedException, TimeoutException {
    screen.line(
        "A value that takes "
            + ReaderProcess.COMPUTING.toMillis()
            + " ms to compute and is good for "
            + ReaderProcess.LIFETIME.toMillis()
            + " ms; processes with four readers each.");
    paused();
    killed();
    many();
  }

  private void paused() throws IOException, InterruptedException, TimeoutException {
    screen.line("1. There is no value yet. The first process begins to compute it, and is paused.");
    start(PAUSED, "wait");
    computations.await(1, said -> said.is("begin"));
    process(PAUSED).pause();
    start("a", "go on");
    start("b", "go on");
    computations.await(1, said -> said.is("end"));
    screen.line("   The others had to wait, until its lock was free; then one of them computed.");
    process(PAUSED).resume();
    process(PAUSED).tell("go on");
    computations.await(1, said -> said.by().equals(PAUSED) && said.is("late"));
    screen.check(true, "it wakes up, and what it has computed is refused");
    screen.check(process(PAUSED).end() == 0, "it goes on with what the others have computed");
  }

  private void killed() throws IOException, InterruptedException, TimeoutException {
    screen.line("2. A process is killed while it computes.");
    start(KILLED, "die");
    computations.await(1, said -> said.by().equals(KILLED));
    long begun = last(KILLED).nanos();
    screen.check(process(KILLED).exitCode() == ChildProcess.KILLED, "it is dead");
    computations.await(1, said -> isOfOthers(said) && said.is("end") && said.nanos() > begun);
    long next =
        computations.said().stream()
            .filter(said -> isOfOthers(said) && said.is("end") && said.nanos() > begun)
            .mapToLong(Said::nanos)
            .min()
            .orElseThrow();
    screen.line(
        "   Another one computed; the value was older than it should be for "
            + TimeUnit.NANOSECONDS.toMillis(next - begun)
            + " ms.");
  }

  private void many() throws IOException, InterruptedException, TimeoutException {
    screen.line("3. Those who are left go on.");
    int now = computations.said().size();
    computations.await(now + 8, said -> true);
    screen.check(process("a").end() == 0 && process("b").end() == 0, "all have ended well");
    screen.check(
        computations.tooEarly(List.of("a", "b"), ReaderProcess.LIFETIME) == 0,
        "the value was computed once in its lifetime, never more often");
    for (Said said : computations.said()) {
      if (said.is("got")) {
        screen.line("   readers of " + said.by() + " " + said.line());
      }
      if (said.is("failed")) {
        screen.check(false, said.by() + " " + said.line());
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
    processes.put(
        name, ReaderProcess.start(line -> computations.heard(name, line), store, file, first));
  }

  private ChildProcess process(String name) {
    return Objects.requireNonNull(processes.get(name), name);
  }
}
