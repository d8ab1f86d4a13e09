package io.tyer.servers.sql;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.util.UUID;

/** H2 in this JVM's memory. */
public final class H2Kind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public H2Kind() {}

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public StoreServer start(Path directory) {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    return new EmbeddedDatabase(url, () -> SqlServer.execute(url, "SHUTDOWN IMMEDIATELY"));
  }
}
