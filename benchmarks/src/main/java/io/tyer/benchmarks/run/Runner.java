package io.tyer.benchmarks.run;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs things, each in fresh JVMs of its own and in a place that nobody has used. */
final class Runner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);
  private static final long LONGEST_MINUTES = 15;
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Effort effort;
  private final List<String> jvmArguments;
  private final Path work;
  private final Servers servers = new Servers();
  private final List<Process> children = new CopyOnWriteArrayList<>();
  private final Thread onExit = new Thread(this::leaveNothing, "leave-nothing");
  private int runs;
  private volatile @Nullable Address inUse;

  Runner(Effort effort, List<String> jvmArguments) throws IOException {
    this.effort = effort;
    this.jvmArguments = jvmArguments;
    // A mapped file on a disk is written back now and then, which stops those who use it.
    this.work =
        Files.isWritable(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, "tyer-benchmarks-")
            : Files.createTempDirectory("tyer-benchmarks-");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** The servers that were measured, for people. */
  List<String> servers() {
    return List.copyOf(servers.descriptions());
  }

  /** Runs it once. */
  Outcome run(Run run) throws IOException, InterruptedException, RunFailedException {
    int number = ++runs;
    servers.clear();
    Address place =
        Places.fresh(
            servers.locate(run.subject()), "run-" + ProcessHandle.current().pid() + "-" + number);
    Places.make(place);
    inUse = place;
    try {
      return run(run, run.row().adapted(place), number);
    } finally {
      destroyChildren();
      Places.clear(place);
      inUse = null;
    }
  }

  private Outcome run(Run run, Address place, int number)
      throws IOException, InterruptedException, RunFailedException {
    Row row = run.row();
    int players = row.players();
    Path board = work.resolve("board-" + number);
    Path result = work.resolve("result-" + number);
    List<List<Integer>> processes = processes(players, Subjects.of(run.subject()));
    for (List<Integer> roles : processes) {
      Path own = roles.contains(0) ? result : work.resolve("nothing-" + number);
      Job job =
          new Job(
              row.name(),
              place.uri(),
              new ArrayList<>(roles),
              players,
              effort,
              board.toString(),
              own.toString());
      Path file = work.resolve("job-" + number + "-" + roles.get(0));
      Message.write(file, job);
      start(file);
    }
    awaitChildren(row, run.subject());
    return Message.read(result, Outcome.class);
  }

  private static List<List<Integer>> processes(int players, Subject subject) {
    List<Integer> roles = IntStream.range(0, players).boxed().toList();
    return subject.spansProcesses() ? roles.stream().map(List::of).toList() : List.of(roles);
  }

  private void start(Path job) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.add(job.toString());
    children.add(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private void awaitChildren(Row row, Address subject)
      throws InterruptedException, RunFailedException {
    String what = row.name() + " of " + subject;
    for (Process child : children) {
      if (!child.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new RunFailedException(what + " has not ended in " + LONGEST_MINUTES + " minutes");
      }
    }
    if (children.stream().anyMatch(child -> child.exitValue() != 0)) {
      throw new RunFailedException(what + " has failed; see above");
    }
  }

  private void destroyChildren() {
    for (Process child : children) {
      child.destroyForcibly().onExit().join();
    }
    children.clear();
  }

  /** When the command is ended early. */
  private void leaveNothing() {
    try {
      destroyChildren();
      Address place = inUse;
      if (place != null) {
        Places.clear(place);
      }
      servers.close();
      removeWork();
    } catch (IOException | RuntimeException e) {
      log.warn("something is left: {}", e.getMessage());
    }
  }

  private void removeWork() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(work);
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(onExit);
    destroyChildren();
    servers.close();
    removeWork();
  }
}
