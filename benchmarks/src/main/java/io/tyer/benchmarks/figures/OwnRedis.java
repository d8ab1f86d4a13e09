package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A Redis server without persistence, on a free port, in a directory of its own. */
final class OwnRedis implements OwnServer {

  private static final Path INSTALLED = Path.of("/usr/bin/redis-server");
  private static final String HOST = "127.0.0.1";
  private static final int ATTEMPTS = 5;
  private static final long START_MILLIS = 20_000;
  private static final long END_SECONDS = 10;

  private final Path directory;
  private final Process process;
  private final int port;

  private OwnRedis(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /** The machine's own, or else the one that comes with the build. */
  static OwnRedis start() throws IOException {
    return Files.isExecutable(INSTALLED) ? start(INSTALLED) : startEmbedded();
  }

  /** The one that comes with the build. */
  static OwnRedis startEmbedded() throws IOException {
    Path directory = Files.createTempDirectory("tyer-redis-");
    Path binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    return start(directory, binary);
  }

  private static OwnRedis start(Path binary) throws IOException {
    return start(Files.createTempDirectory("tyer-redis-"), binary);
  }

  /** Another process may take the port that was free a moment ago; then another one is tried. */
  private static OwnRedis start(Path directory, Path binary) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int port = freePort();
      OwnRedis redis = new OwnRedis(directory, launch(directory, binary, port), port);
      if (redis.answers()) {
        return redis;
      }
      redis.end();
    }
    String log = Files.readString(directory.resolve("log"));
    Directories.remove(directory);
    throw new IOException(binary + " does not start: " + log);
  }

  private static Process launch(Path directory, Path binary, int port) throws IOException {
    List<String> command =
        List.of(
            binary.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            HOST,
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "no");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    long start = System.nanoTime();
    while (process.isAlive()
        && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(START_MILLIS)) {
      try (RedisConnection connection = new RedisConnection(new RedisLocation(HOST, port))) {
        // Whoever else may have taken the port is not this process.
        return !connection.version().isEmpty() && process.isAlive();
      } catch (IOException e) {
        Pauses.millis(10);
      }
    }
    return false;
  }

  @Override
  public String location() {
    return "//" + HOST + ":" + port;
  }

  @Override
  public String keeps() {
    return "on this machine, in memory only";
  }

  @Override
  public void clear() throws IOException {
    try (RedisConnection connection = new RedisConnection(new RedisLocation(HOST, port))) {
      connection.flush();
    }
  }

  private void end() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().onExit().join();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server was ending", e);
    }
  }

  @Override
  public void close() throws IOException {
    end();
    Directories.remove(directory);
  }
}
