package io.tyer.servers.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server's process, with all that it starts, in a directory and at a port of its own, both of
 * which it keeps when it is started again. Methods may be called by any thread.
 */
public final class ServerProcess {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration DIES_WITHIN = Duration.ofSeconds(30);
  private static final int TAIL = 20;

  /** Those to be killed with this JVM. */
  private static final Set<ServerProcess> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(null, () -> STARTED.forEach(ServerProcess::close), "servers", 0, false));
  }

  private final Path directory;
  private final String host;
  private final int port;
  private final Path log;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Until.Condition answers;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Process process;
  private boolean closed;

  /** One on this host that is not started yet. */
  public ServerProcess(
      Path directory,
      int port,
      String log,
      List<String> command,
      Map<String, String> environment,
      Until.Condition answers) {
    this(directory, "127.0.0.1", port, log, command, environment, answers);
  }

  /**
   * One that is not started yet.
   *
   * @param directory in which it works
   * @param host where it is reached; its command runs it there
   * @param port where it listens; taken from {@link Ports}, and given back when this is closed
   * @param log the name of the file in the directory to which it prints
   * @param environment beyond that of this JVM
   * @param answers whether it serves clients
   */
  public ServerProcess(
      Path directory,
      String host,
      int port,
      String log,
      List<String> command,
      Map<String, String> environment,
      Until.Condition answers) {
    this.directory = directory;
    this.host = host;
    this.port = port;
    this.log = directory.resolve(log);
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.answers = answers;
  }

  /** Where it listens, also while it is down. */
  public int port() {
    return port;
  }

  /** {@code HOST:PORT}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  /** Where it works. */
  public Path directory() {
    return directory;
  }

  /** Its process's id; empty while it is down. */
  public OptionalLong pid() {
    Process now = process;
    return now != null && now.isAlive() ? OptionalLong.of(now.pid()) : OptionalLong.empty();
  }

  /** Whether there is a process; a paused one is there. */
  public boolean isRunning() {
    return pid().isPresent();
  }

  /**
   * Starts it, and returns when it answers. Without effect if it runs.
   *
   * @throws IOException if it does not start; shows the end of its log
   */
  public void start() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the server at " + this + " was closed");
      }
      if (!isRunning()) {
        startProcess();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startProcess() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    STARTED.add(this);
    Process started = builder.start();
    process = started;
    try {
      Until.holds(
          "the server at " + this + " answers or has ended",
          STARTS_WITHIN,
          () -> !started.isAlive() || answers.holds());
      if (!started.isAlive()) {
        throw new IOException("it ended with status " + started.exitValue());
      }
    } catch (IOException e) {
      String environs = environment.isEmpty() ? "" : " with " + environment;
      String tail = tail();
      end();
      throw new IOException(
          String.join(" ", command) + environs + " did not start: " + e.getMessage() + "\n" + tail,
          e);
    }
  }

  private String tail() throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  /**
   * Kills it, and all that it has started, as SIGKILL does, and returns when they are gone. Without
   * effect if it is.
   */
  public void kill() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks it to end as SIGTERM does, and returns when it has. Without effect if it is down.
   *
   * @throws IOException if it does not end
   */
  public void terminate() throws IOException {
    lock.lock();
    try {
      Process now = process;
      if (now != null) {
        now.destroy();
        Until.holds(this + " ends when it is asked to", DIES_WITHIN, () -> !now.isAlive());
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    Process now = process;
    if (now == null) {
      return;
    }
    // Stopped first, it starts no more, and does not take the death of one for that one's fault.
    Family family = Family.stopped(now.toHandle());
    family.killAll();
    now.onExit().join();
    process = null;
    try {
      Until.holds("what " + this + " has started is gone", DIES_WITHIN, family::isGone);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stops it, and all that it has started, as SIGSTOP does, until {@link #resume} or its death.
   *
   * @throws IOException if it is down
   */
  public void pause() throws IOException {
    lock.lock();
    try {
      Family unused = Family.stopped(alive());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets it go on.
   *
   * @throws IOException if it is down
   */
  public void resume() throws IOException {
    lock.lock();
    try {
      Family.resume(alive());
    } finally {
      lock.unlock();
    }
  }

  private ProcessHandle alive() throws IOException {
    Process now = process;
    if (now == null || !now.isAlive()) {
      throw new IOException("the server at " + this + " is down");
    }
    return now.toHandle();
  }

  /** Kills it for good. */
  public void close() {
    lock.lock();
    try {
      end();
      if (!closed) {
        closed = true;
        STARTED.remove(this);
        Ports.giveBack(port);
      }
    } finally {
      lock.unlock();
    }
  }
}
