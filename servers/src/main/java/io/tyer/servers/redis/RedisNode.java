package io.tyer.servers.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One process of {@code redis-server} with a directory and a port of its own, both of which it
 * keeps when it is started again. Methods may be called by any thread.
 */
public final class RedisNode {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final int TAIL = 20;

  /** Those to be killed with this JVM. */
  private static final Set<RedisNode> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(null, () -> STARTED.forEach(RedisNode::close), "redis-nodes", 0, false));
  }

  private final Path directory;
  private final int port;
  private final List<String> command;
  private final Map<String, String> environment;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Process process;
  private boolean closed;

  private RedisNode(
      Path directory, int port, List<String> command, Map<String, String> environment) {
    this.directory = directory;
    this.port = port;
    this.command = command;
    this.environment = environment;
  }

  /**
   * Makes one that is not started yet.
   *
   * @param directory for its configuration, log and data; made if it is not there
   * @param configuration lines of redis.conf, beyond where it listens
   * @param options on the command line, behind the configuration's name
   */
  static RedisNode in(
      Path directory,
      List<String> configuration,
      Map<String, String> environment,
      String... options)
      throws IOException {
    Path binary = RedisBinary.find();
    Files.createDirectories(directory);
    int port = Ports.take();
    StringBuilder file = new StringBuilder("bind 127.0.0.1\nport " + port + "\n");
    configuration.forEach(line -> file.append(line).append('\n'));
    Files.writeString(directory.resolve("redis.conf"), file);
    List<String> command = new ArrayList<>(List.of(binary.toString(), "redis.conf"));
    command.addAll(List.of(options));
    return new RedisNode(directory, port, List.copyOf(command), Map.copyOf(environment));
  }

  /** Where it listens, also while it is down. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** {@code HOST:PORT}. */
  @Override
  public String toString() {
    return "127.0.0.1:" + port;
  }

  /** Where its configuration, log and data are. */
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
        throw new IOException("the node at " + this + " was closed");
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
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    STARTED.add(this);
    Process started = builder.start();
    process = started;
    try {
      Until.holds(
          "the node at " + this + " answers or has ended",
          STARTS_WITHIN,
          () -> !started.isAlive() || ask("PING").equals("PONG"));
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

  private Path log() {
    return directory.resolve("redis.log");
  }

  private String tail() throws IOException {
    if (!Files.exists(log())) {
      return "";
    }
    List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  /** Kills it as SIGKILL does, and returns when it is gone. Without effect if it is. */
  public void kill() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    Process now = process;
    if (now != null) {
      now.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Stops it as SIGSTOP does, until {@link #resume} or its death. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    long pid = pid().orElseThrow(() -> new IOException("the node at " + this + " is down"));
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
    if (kill.onExit().join().exitValue() != 0) {
      throw new IOException("kill -" + name + " " + pid + " failed");
    }
  }

  /**
   * Sends it a command, past all clients, on a connection of its own.
   *
   * @return a String, a Long, a List of answers; {@code ""} where Redis answers nil
   * @throws IOException if it cannot be reached, or answers with an error
   */
  public Object ask(String... command) throws IOException {
    return RedisClient.ask(address(), command);
  }

  /** Kills it for good. */
  void close() {
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
