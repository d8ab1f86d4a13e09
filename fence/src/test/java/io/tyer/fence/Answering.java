package io.tyer.fence;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;

/** Connections to a database of which nothing is true but one thing. */
final class Answering {

  private Answering() {}

  /** In auto-commit mode; their metadata answer this. */
  static Source.Connections with(String method, Object answer) {
    DatabaseMetaData metaData =
        (DatabaseMetaData)
            Proxy.newProxyInstance(
                Answering.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (self, asked, args) -> asked.getName().equals(method) ? answer : null);
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                Answering.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, asked, args) ->
                    switch (asked.getName()) {
                      case "getMetaData" -> metaData;
                      case "getAutoCommit" -> true;
                      default -> null;
                    });
    return () -> connection;
  }
}
