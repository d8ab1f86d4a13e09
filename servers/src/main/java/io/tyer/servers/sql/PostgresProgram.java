package io.tyer.servers.sql;

import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's program, and servers that keep what they acknowledged when they are killed. */
final class PostgresProgram {

  private static final Map<String, String> USUAL =
      Map.of(
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          "max_connections", "300",
          "timezone", "UTC",
          "fsync", "on",
          "synchronous_commit", "on");

  /**
   * How long the first start may take; the library's own ten seconds are too few on a busy disk.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private PostgresProgram() {}

  /**
   * Makes a server that is not started yet, by the program that zonky's library carries.
   *
   * @param directory for its data and log; made if it is not there
   */
  static ServerProcess in(Path directory, SqlServer.Urls urls, Map<String, String> environment)
      throws IOException {
    Path data = directory.resolve("data");
    Files.createDirectories(data);
    return over(directory, initialise(data), urls, environment, Map.of());
  }

  /**
   * Makes a server that is not started yet, over data that are there.
   *
   * @param program what {@link #initialise} answers
   * @param settings beyond the usual ones
   */
  static ServerProcess over(
      Path directory,
      String program,
      SqlServer.Urls urls,
      Map<String, String> environment,
      Map<String, String> settings)
      throws IOException {
    Path data = directory.resolve("data");
    int port = Ports.take();
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      // PostgreSQL refuses to be root: in a user namespace of its own it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(program, "-D", data.toString(), "-p", Integer.toString(port)));
    Map<String, String> all = new HashMap<>(USUAL);
    all.putAll(settings);
    all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new ServerProcess(
        directory,
        port,
        "postgresql.log",
        command,
        environment,
        () -> SqlServer.answers(urls.here(port, PostgresKind.OTHER)));
  }

  /** Has the library fill the data directory, and answers which program it runs. */
  static String initialise(Path data) throws IOException {
    EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(PATIENCE)
        .start()
        .close();
    // PostgreSQL writes down how it was started: the program, then its arguments in quotes.
    String started = Files.readString(data.resolve("postmaster.opts"));
    int end = started.indexOf(" \"");
    if (end < 0) {
      throw new IOException("PostgreSQL does not say what program it is: " + started);
    }
    return started.substring(0, end);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
