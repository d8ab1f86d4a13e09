package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import io.tyer.servers.redis.RedisVolatileKind;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of one process, in a directory of its own, with one database where it has several. */
public final class OwnStore implements OwnServer {

  private static final String DATABASE = "measured";

  private final Path directory;
  private final StoreServer server;
  private final Address address;
  private final Clearing clearing;

  private OwnStore(Path directory, StoreServer server, Address address, Clearing clearing) {
    this.directory = directory;
    this.server = server;
    this.address = address;
    this.clearing = clearing;
  }

  /** Removes all that was kept on the server of an address. */
  @FunctionalInterface
  private interface Clearing {
    void clear(Address address) throws IOException;
  }

  /** Redis without persistence: the program that {@code tyer.redis} names, or the build's. */
  public static OwnStore redis() throws IOException {
    return start(new RedisVolatileKind(), "redis", "", OwnStore::flush);
  }

  /** The build's PostgreSQL, which flushes what it commits. */
  static OwnStore postgresql() throws IOException {
    OwnStore own =
        start(new PostgresKind(), Database.POSTGRESQL.scheme(), "/" + DATABASE, OwnStore::anew);
    own.require("SHOW fsync", "on");
    own.require("SHOW synchronous_commit", "on");
    own.require("SHOW full_page_writes", "on");
    return own;
  }

  /** The build's MariaDB, which flushes what it commits. */
  static OwnStore mariaDb() throws IOException {
    OwnStore own =
        start(new MariaDbKind(), Database.MARIADB.scheme(), "/" + DATABASE, OwnStore::anew);
    own.require("SELECT @@innodb_flush_log_at_trx_commit", "1");
    return own;
  }

  private static OwnStore start(
      io.tyer.testkit.server.ServerKind kind, String scheme, String path, Clearing clearing)
      throws IOException {
    Path directory = Files.createTempDirectory("tyer-" + scheme + "-");
    StoreServer server = null;
    try {
      server = kind.start(directory);
      int port = server.endpoint().orElseThrow().getPort();
      Address address = new Address(scheme, "//127.0.0.1:" + port + path, "");
      OwnStore own = new OwnStore(directory, server, address, clearing);
      own.clear();
      return own;
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        server.close();
      }
      Directories.remove(directory);
      throw e;
    }
  }

  private static void flush(Address address) throws IOException {
    try (RedisConnection connection = new RedisConnection(RedisLocation.of(address))) {
      connection.flush();
    }
  }

  /** The database is dropped, and made again. */
  private static void anew(Address address) throws IOException {
    Database database = Database.require(address);
    boolean postgres = database == Database.POSTGRESQL;
    String location = address.location();
    String other =
        location.substring(0, location.length() - DATABASE.length())
            + (postgres ? "postgres" : "mysql");
    SqlQuery.run(
        database.url(address.at(other)),
        "DROP DATABASE IF EXISTS " + DATABASE + (postgres ? " WITH (FORCE)" : ""),
        "CREATE DATABASE " + DATABASE);
  }

  /** What would make commits cheaper than users have them ends the command. */
  private void require(String query, String wanted) throws IOException {
    String found = SqlQuery.text(Database.require(address).url(address), query);
    if (!found.equals(wanted)) {
      close();
      throw new IOException("to " + query + " the server says " + found + ", not " + wanted);
    }
  }

  @Override
  public String location() {
    return address.location();
  }

  @Override
  public String keeps() throws IOException {
    return Database.of(address).isPresent()
        ? Directories.described(directory)
        : "on this machine, in memory only";
  }

  @Override
  public void clear() throws IOException {
    clearing.clear(address);
  }

  @Override
  public void close() throws IOException {
    server.close();
    Directories.remove(directory);
  }
}
