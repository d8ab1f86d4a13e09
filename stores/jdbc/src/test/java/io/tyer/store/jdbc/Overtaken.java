package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Connections on which something can be made to happen just before a line is written: what another
 * client would do between this one's reading and writing. The connections stay when it is closed.
 */
final class Overtaken implements ConnectionSource {

  private static final Pattern WRITES_A_LINE =
      Pattern.compile("(INSERT INTO|UPDATE) tyer_line .*", Pattern.DOTALL);
  private static final Set<String> EXECUTES = Set.of("executeUpdate", "executeQuery");

  private final ConnectionSource source;
  private final Runnable beforeWriting;

  Overtaken(ConnectionSource source, Runnable beforeWriting) {
    this.source = source;
    this.beforeWriting = beforeWriting;
  }

  private record Hooked(Loan loan, Connection connection) implements Loan {
    @Override
    public void close() throws SQLException {
      loan.close();
    }
  }

  @Override
  public Loan take() throws StoreException {
    Loan loan = source.take();
    return new Hooked(loan, proxy(Connection.class, connection(loan.connection())));
  }

  private InvocationHandler connection(Connection real) {
    return (proxy, method, arguments) -> {
      Object made = call(real, method, arguments);
      return made instanceof PreparedStatement statement
              && WRITES_A_LINE.matcher((String) arguments[0]).matches()
          ? proxy(PreparedStatement.class, writing(statement))
          : made;
    };
  }

  private InvocationHandler writing(PreparedStatement real) {
    return (proxy, method, arguments) -> {
      if (EXECUTES.contains(method.getName())) {
        beforeWriting.run();
      }
      return call(real, method, arguments);
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Overtaken.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean listens() {
    return source.listens();
  }

  @Override
  public Connection own() throws SQLException {
    return source.own();
  }

  @Override
  public OptionalLong made() {
    return source.made();
  }

  @Override
  public AutoCloseable whenReplaced(Runnable listener) {
    return source.whenReplaced(listener);
  }

  @Override
  public void discard(Loan loan) {
    source.discard(((Hooked) loan).loan());
  }

  @Override
  public void suspect() {
    source.suspect();
  }

  @Override
  public void close() {}
}
