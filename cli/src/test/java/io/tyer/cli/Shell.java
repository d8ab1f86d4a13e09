package io.tyer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A directory with a store, in which the real program is started as a process. */
final class Shell implements AutoCloseable {

  /**
   * What {@code ./tyer} starts, on the class path of this test, with little memory for each of
   * many.
   */
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-Xmx64m",
          "-cp",
          System.getProperty("java.class.path"),
          "io.tyer.cli.Main");

  final Path directory;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Started> started = new ArrayList<>();

  Shell(Path directory) {
    this.directory = directory;
    environment.put("PATH", String.valueOf(System.getenv("PATH")));
    environment.put("HOME", directory.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TYER_STORE", "file:" + directory.resolve("store"));
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Starts {@code tyer} with these arguments. */
  Started tyer(String... arguments) {
    List<String> command = new ArrayList<>();
    if (CAN_RESET_SIGNALS) {
      command.addAll(List.of("env", RESET_SIGNALS));
    }
    command.addAll(JAVA);
    command.addAll(List.of(arguments));
    return start(command);
  }

  /** The command line that {@link #tyer} starts, for scripts. */
  static String tyerCommand() {
    StringBuilder text = new StringBuilder();
    for (String word : JAVA) {
      text.append('\'').append(word).append("' ");
    }
    return text.toString();
  }

  Started start(List<String> command) {
    return start(command, false);
  }

  /** Starts it with a standard input that the test writes to. */
  Started startPiped(List<String> command) {
    return start(command, true);
  }

  private Started start(List<String> command, boolean piped) {
    try {
      int number = started.size();
      Path out = directory.resolve("out" + number);
      Path err = directory.resolve("err" + number);
      Path in = directory.resolve("stdin" + number);
      if (!Files.exists(in)) {
        Files.createFile(in);
      }
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(piped ? Redirect.PIPE : Redirect.from(in.toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Started one = new Started(builder.start(), out, err);
      started.add(one);
      return one;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the next process will read from standard input. */
  void nextInput(byte[] bytes) throws IOException {
    Files.write(directory.resolve("stdin" + started.size()), bytes);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The file's text; empty if it is not there. */
  String read(String name) {
    return read(file(name));
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitFile(String name) {
    Await.until("file " + name + errors(), () -> !read(name).isEmpty());
  }

  private String errors() {
    StringBuilder text = new StringBuilder();
    for (Started one : started) {
      text.append(one.process.isAlive() ? "" : " [ended: " + one.err() + "]");
    }
    return text.toString();
  }

  /** Starts a command that holds the lock until it is killed; returns when it does. */
  Started hold(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    String mark = "held-" + started.size();
    arguments.addAll(List.of(name, "--", "sh", "-c", "echo $$ > " + mark + "; exec sleep 900"));
    Started holder = tyer(arguments.toArray(new String[0]));
    awaitFile(mark);
    return holder.withChild(Long.parseLong(read(mark).trim()));
  }

  /** How many places {@code tyer locks} shows in this state. */
  int count(String state) {
    String listing = tyer("locks", "--json").await(0).out();
    return listing.split("\"state\": \"" + state + "\"", -1).length - 1;
  }

  static void kill(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Whoever starts the tests in the background has INT ignored in all that comes below, and HUP,
   * too, under {@code nohup}.
   */
  static final String RESET_SIGNALS = "--default-signal=INT,HUP";

  /** Whether {@code env} can give a program the signals' defaults back. */
  static final boolean CAN_RESET_SIGNALS = canResetSignals();

  private static boolean canResetSignals() {
    try {
      return new ProcessBuilder("env", RESET_SIGNALS, "true").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** Ends what is left. */
  @Override
  public void close() {
    for (Started one : started) {
      one.process.descendants().forEach(ProcessHandle::destroyForcibly);
      one.process.destroyForcibly();
      if (one.child != 0) {
        ProcessHandle.of(one.child).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /**
   * A process that was started.
   *
   * @param process the process
   * @param outFile what it writes to standard output
   * @param errFile what it writes to standard error
   * @param child the command's process id, 0 if not known
   */
  record Started(Process process, Path outFile, Path errFile, long child) {

    Started(Process process, Path outFile, Path errFile) {
      this(process, outFile, errFile, 0);
    }

    Started withChild(long pid) {
      return new Started(process, outFile, errFile, pid);
    }

    long pid() {
      return process.pid();
    }

    String out() {
      return read(outFile);
    }

    String err() {
      return new String(bytes(errFile), StandardCharsets.UTF_8);
    }

    byte[] outBytes() {
      return bytes(outFile);
    }

    byte[] errBytes() {
      return bytes(errFile);
    }

    private static byte[] bytes(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for its end. */
    int await() {
      try {
        if (!process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("still runs; it said: " + err());
        }
        return process.exitValue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Waits for its end with this exit code. */
    Started await(int code) {
      int actual = await();
      if (actual != code) {
        throw new AssertionError("exit code " + actual + ", not " + code + "; it said: " + err());
      }
      return this;
    }
  }
}
