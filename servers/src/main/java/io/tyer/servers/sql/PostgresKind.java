package io.tyer.servers.sql;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server that keeps what it acknowledged, also when it is killed. */
public final class PostgresKind implements ServerKind {

  /** A database that each server has. */
  static final String OTHER = "postgres";

  private static final ReentrantLock LOCK = new ReentrantLock();

  @SuppressWarnings("NonFinalStaticField") // started when it is first needed
  private static @Nullable EmbeddedPostgres shared;

  /** For {@link java.util.ServiceLoader}. */
  public PostgresKind() {}

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public StoreServer start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public StoreServer start(Path directory, Map<String, String> environment) throws IOException {
    return SqlServer.own(
        PostgresProgram.in(directory, PostgresKind::url, environment), PostgresKind::url, OTHER);
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
    return SqlServer.shared(server().getPort(), PostgresKind::url, OTHER, " WITH (FORCE)");
  }

  private static String url(String host, int port, String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=postgres";
  }

  private static EmbeddedPostgres server() throws IOException {
    LOCK.lock();
    try {
      EmbeddedPostgres server = shared;
      if (server == null) {
        server = EmbeddedPostgres.start();
        shared = server;
        EmbeddedPostgres started = server;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(started)));
      }
      return server;
    } finally {
      LOCK.unlock();
    }
  }

  private static void closeQuietly(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException unused) {
      // The process ends.
    }
  }
}
