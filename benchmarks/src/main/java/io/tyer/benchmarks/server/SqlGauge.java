package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Asks a database's server about itself, and the operating system what its processes use, where
 * they run on this machine. Keeps no connection.
 */
final class SqlGauge implements ServerGauge {

  private final Database database;
  private final String url;
  private final OptionalLong process;

  private SqlGauge(Database database, String url) throws IOException {
    this.database = database;
    this.url = url;
    this.process = process(database, url);
  }

  static SqlGauge of(Address place) throws IOException {
    Database database = Database.require(place);
    return new SqlGauge(database, database.url(place));
  }

  private static OptionalLong process(Database database, String url) throws IOException {
    Path file =
        database == Database.POSTGRESQL
            ? Path.of(SqlQuery.text(url, "SHOW data_directory")).resolve("postmaster.pid")
            : Path.of(SqlQuery.text(url, "SELECT @@datadir"))
                .resolve(SqlQuery.text(url, "SELECT @@pid_file"));
    // On another machine there is no such file here, or one of another server.
    return Files.isReadable(file)
        ? OptionalLong.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
        : OptionalLong.empty();
  }

  @Override
  public String version() throws IOException {
    return database == Database.POSTGRESQL
        ? "PostgreSQL "
            + SqlQuery.text(url, "SHOW server_version")
            + ", fsync "
            + SqlQuery.text(url, "SHOW fsync")
            + ", synchronous_commit "
            + SqlQuery.text(url, "SHOW synchronous_commit")
        : "MariaDB "
            + SqlQuery.text(url, "SELECT @@version")
            + ", innodb_flush_log_at_trx_commit "
            + SqlQuery.text(url, "SELECT @@innodb_flush_log_at_trx_commit");
  }

  @Override
  public ServerUse use() throws IOException {
    return new ServerUse(process.isPresent() ? ProcessTimes.nanos(process.getAsLong()) : 0, 0, 0);
  }

  @Override
  public boolean countsCommands() {
    return false;
  }

  @Override
  public void close() {}
}
