package io.tyer.store.file;

import io.tyer.testkit.host.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process running a main class of the tests. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  /**
   * Starts a process.
   *
   * @param before what stands before {@code java}, such as a command that changes the user
   */
  ChildJvm(List<String> before, String classPath, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx64m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            classPath,
            main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    return new ChildJvm(List.of(), System.getProperty("java.class.path"), main, arguments);
  }

  /** The next line the child prints. */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the child has ended without a word");
    }
    return line;
  }

  /** Sends a line to the child. */
  void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Tells a {@link Holder} what to do, and waits for its answer. */
  String ask(String line) throws IOException {
    tell(line);
    String answer = line();
    while (!answer.startsWith(Holder.ANSWER)) {
      answer = line();
    }
    return answer.substring(Holder.ANSWER.length());
  }

  /** Everything the child prints until it ends. */
  String rest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  int end() throws InterruptedException {
    return process.waitFor();
  }

  /** Sends a signal, such as STOP. */
  void signal(String name) throws IOException {
    if (!Command.succeeds("sh", "-c", "kill -s " + name + " " + process.pid())) {
      throw new IOException("cannot send " + name);
    }
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
