package io.tyer.benchmarks.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs things, each in fresh JVMs of its own and in a place that nobody has used. */
final class Runner implements AutoCloseable {

  private static final long LONGEST_MINUTES = 15;
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Effort effort;
  private final List<String> jvmArguments;
  private final Path work;
  private final List<Process> children = new ArrayList<>();
  private final ObjectMapper json = new ObjectMapper();
  private final Thread onExit = new Thread(this::destroyChildren, "end-children");
  private int runs;

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

  /** Runs it once. */
  Outcome run(Run run) throws IOException, InterruptedException, RunFailedException {
    int number = ++runs;
    Address place =
        Places.fresh(run.subject(), "run-" + ProcessHandle.current().pid() + "-" + number);
    Places.make(place);
    try {
      return run(run, run.row().adapted(place), number);
    } finally {
      destroyChildren();
      Places.clear(place);
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
              row.name(), place.uri(), roles, players, effort, board.toString(), own.toString());
      File file = work.resolve("job-" + number + "-" + roles.get(0)).toFile();
      json.writeValue(file, job);
      start(file);
    }
    awaitChildren(row, run.subject());
    return json.readValue(result.toFile(), Outcome.class);
  }

  private static List<List<Integer>> processes(int players, Subject subject) {
    List<Integer> roles = IntStream.range(0, players).boxed().toList();
    return subject.spansProcesses() ? roles.stream().map(List::of).toList() : List.of(roles);
  }

  private void start(File job) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.add(job.getPath());
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
      child.destroyForcibly();
    }
    children.clear();
  }

  @Override
  public void close() throws IOException {
    destroyChildren();
    Runtime.getRuntime().removeShutdownHook(onExit);
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(work);
  }
}
