package io.tyer.servers.sql;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server for this JVM, and a database in it for each that is started. */
public final class PostgresKind implements ServerKind {

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
    return SqlServer.create(server().getPort(), PostgresKind::url, "postgres", " WITH (FORCE)");
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
