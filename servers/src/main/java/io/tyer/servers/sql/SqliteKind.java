package io.tyer.servers.sql;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;

/** SQLite in a file, which several processes may share. */
public final class SqliteKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public SqliteKind() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public StoreServer start(Path directory) {
    return new EmbeddedDatabase("jdbc:sqlite:" + directory.resolve("locks.db"), () -> {});
  }
}
