package io.tyer.benchmarks.figures;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A PostgreSQL server with default settings, on a free port, with one database that is measured.
 */
final class OwnPostgres implements OwnServer {

  private static final String DATABASE = "measured";
  private static final Address OTHER = new Address(Database.POSTGRESQL.scheme(), "", "");

  /** So that each of 64 threads can have one, and whoever looks on, too. */
  private static final String CONNECTIONS = "300";

  private final EmbeddedPostgres server;

  private OwnPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** The one that comes with the build. */
  static OwnPostgres start() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            // What is for tests does not care for what was committed; users do.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", CONNECTIONS)
            .start();
    OwnPostgres own = new OwnPostgres(server);
    try {
      own.clear();
      own.requireDurable();
      return own;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void requireDurable() throws IOException {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      String found = SqlQuery.text(url("postgres"), "SHOW " + setting);
      if (!found.equals("on")) {
        throw new IOException("PostgreSQL was started with " + setting + " " + found);
      }
    }
  }

  private String url(String database) {
    return Database.POSTGRESQL.url(OTHER.at(location(database)));
  }

  private String location(String database) {
    return "//127.0.0.1:" + server.getPort() + "/" + database;
  }

  @Override
  public String location() {
    return location(DATABASE);
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(Path.of(SqlQuery.text(url(DATABASE), "SHOW data_directory")));
  }

  @Override
  public void clear() throws IOException {
    SqlQuery.run(
        url("postgres"),
        "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)",
        "CREATE DATABASE " + DATABASE);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
