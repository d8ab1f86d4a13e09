package io.tyer.fence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that break after a statement has changed something, before they say so. */
final class BrokenAnswers implements Source.Connections {

  private final Source.Connections connections;
  private final AtomicInteger toBreak = new AtomicInteger();

  BrokenAnswers(Source.Connections connections) {
    this.connections = connections;
  }

  /** So many of the changes to come. */
  void breakNext(int changes) {
    toBreak.set(changes);
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = connections.connect();
    return proxy(
        Connection.class,
        (method, args) -> {
          Object answer = call(connection, method, args);
          return answer instanceof PreparedStatement statement ? breaking(statement) : answer;
        });
  }

  private PreparedStatement breaking(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (method, args) -> {
          Object answer = call(statement, method, args);
          if (method.getName().equals("executeUpdate") && toBreak.getAndDecrement() > 0) {
            throw new SQLException("connection reset", "08006");
          }
          return answer;
        });
  }

  private interface Handler {
    Object invoke(Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> handler.invoke(method, args)));
  }

  private static Object call(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
