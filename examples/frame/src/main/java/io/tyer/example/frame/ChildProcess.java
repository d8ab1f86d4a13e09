package io.tyer.example.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that a demo has started, as the demo sees it; {@link Parent} is the other side. It is told
 * lines on its standard input, where nobody else sees passwords, and heard on its standard output
 * by a thread of its own. None outlives the demo, not even one that is paused.
 */
public final class ChildProcess implements AutoCloseable {

  /** The exit code of one that was killed, or has halted itself ({@link Parent#halt}). */
  public static final int KILLED = 137;

  /** What is heard of one that has ended, see {@link #hear}. */
  public static final String NOTHING = "nothing";

  private static final long PATIENCE_SECONDS = 60;
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::killAll, "demo-shutdown"));
  }

  private final Process process;
  private final Thread ear;
  private final Unheard unheard;

  /** Hears one process, line by line, in the order of what it says. */
  @FunctionalInterface
  public interface Listener {
    /** It has said this line. */
    void said(String line);

    /** It has ended, and all that it said was heard. */
    default void ended(int exitCode) {}
  }

  /** Keeps what nobody listens to. */
  private static final class Unheard implements Listener {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void said(String line) {
      lines.add(line);
    }

    @Override
    public void ended(int exitCode) {
      lines.add(NOTHING);
    }
  }

  private ChildProcess(Process process, Unheard unheard, Listener listener) {
    this.process = process;
    this.unheard = unheard;
    ear = new Thread(() -> listen(listener), "demo-listener-" + process.pid());
    ear.setDaemon(true);
    ear.start();
  }

  /** Starts the program of this class, and tells it these lines. {@link #hear} says its answers. */
  public static ChildProcess start(Class<?> program, String... lines) throws IOException {
    Unheard unheard = new Unheard();
    ChildProcess child = new ChildProcess(launch(program), unheard, unheard);
    child.tell(lines);
    return child;
  }

  /** Starts the program of this class, and tells it these lines. */
  public static ChildProcess start(Listener listener, Class<?> program, String... lines)
      throws IOException {
    ChildProcess child = new ChildProcess(launch(program), new Unheard(), listener);
    child.tell(lines);
    return child;
  }

  private static Process launch(Class<?> program) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ALIVE.add(process);
    return process;
  }

  /** Tells it lines; without effect if it has ended, which its exit code tells. */
  public void tell(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
    }
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.toString().getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      // It has ended.
    }
  }

  /**
   * The next line of a process that has no listener; {@link #NOTHING} when it has ended.
   *
   * @throws IOException if it says nothing for a minute
   */
  public String hear() throws IOException, InterruptedException {
    String line = unheard.lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("process " + process.pid() + " has said nothing for a minute");
    }
    return line;
  }

  /** SIGSTOP. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    // The shell's own: the program of that name is not everywhere.
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).inheritIO().start();
    if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("could not send SIG" + name + " to process " + process.pid());
    }
  }

  /** Whether it runs or is paused. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Tells it by the end of its input that it may end, and waits as {@link #exitCode} does. */
  public int end() throws IOException, InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended before it has read what it was told last.
    }
    return exitCode();
  }

  /**
   * Waits until it has ended by itself, and all that it said was heard.
   *
   * @throws IOException if it has not ended within a minute
   */
  public int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("process " + process.pid() + " has not ended within a minute");
    }
    ear.join();
    return process.exitValue();
  }

  /** SIGKILL, if it still runs or is paused; it has ended when this returns. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Kills all that were started, and returns when they have ended. */
  static void killAll() {
    ALIVE.forEach(Process::destroyForcibly);
    ALIVE.forEach(process -> process.onExit().join());
  }

  private void listen(Listener listener) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.said(line);
      }
    } catch (IOException e) {
      // It was killed: what it has not said is missed.
    }
    int exitCode = process.onExit().join().exitValue();
    ALIVE.remove(process);
    listener.ended(exitCode);
  }
}
