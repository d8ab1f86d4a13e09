package io.tyer.servers.redis;

import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One process of {@code redis-server} with a directory and a port of its own, both of which it
 * keeps when it is started again. Methods may be called by any thread.
 */
public final class RedisNode {

  private final ServerProcess process;

  private RedisNode(ServerProcess process) {
    this.process = process;
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
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new RedisNode(
        new ServerProcess(
            directory,
            port,
            "redis.log",
            command,
            environment,
            () -> RedisClient.ask(address, "PING").equals("PONG")));
  }

  /** Where it listens, also while it is down. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
  }

  /** {@code HOST:PORT}. */
  @Override
  public String toString() {
    return process.toString();
  }

  /** Where its configuration, log and data are. */
  public Path directory() {
    return process.directory();
  }

  /** Its process's id; empty while it is down. */
  public OptionalLong pid() {
    return process.pid();
  }

  /** Whether there is a process; a paused one is there. */
  public boolean isRunning() {
    return process.isRunning();
  }

  /**
   * Starts it, and returns when it answers. Without effect if it runs.
   *
   * @throws IOException if it does not start; shows the end of its log
   */
  public void start() throws IOException {
    process.start();
  }

  /** Kills it as SIGKILL does, and returns when it is gone. Without effect if it is. */
  public void kill() {
    process.kill();
  }

  /** Stops it as SIGSTOP does, until {@link #resume} or its death. */
  public void pause() throws IOException {
    process.pause();
  }

  /** Lets it go on. */
  public void resume() throws IOException {
    process.resume();
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
    process.close();
  }
}
