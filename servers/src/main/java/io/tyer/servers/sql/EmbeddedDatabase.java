package io.tyer.servers.sql;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;

/** A database without a server. */
record EmbeddedDatabase(String address, Removal removal) implements StoreServer {

  /** What ends it. */
  @FunctionalInterface
  interface Removal {
    void run() throws Exception;
  }

  @Override
  public Contents look() throws IOException {
    return SqlLook.at(address);
  }

  @Override
  public void close() {
    try {
      removal.run();
    } catch (Exception e) {
      throw new IllegalStateException("the database of a test was not removed", e);
    }
  }
}
