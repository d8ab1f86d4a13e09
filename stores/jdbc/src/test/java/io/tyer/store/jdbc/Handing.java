package io.tyer.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A DataSource that hands on what another gives, and keeps in mind what that was. */
public class Handing implements DataSource {

  private final DataSource target;
  private final List<Connection> given = new CopyOnWriteArrayList<>();
  private volatile boolean autoCommit = true;

  /** One that stands before another. */
  public Handing(DataSource target) {
    this.target = target;
  }

  /** As Spring's proxies have it. */
  public DataSource getTargetDataSource() {
    return target;
  }

  /** From now on connections are, or are not, in auto-commit mode. */
  void autoCommit(boolean on) {
    autoCommit = on;
  }

  /** What was given so far. */
  List<Connection> given() {
    return given;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = target.getConnection();
    connection.setAutoCommit(autoCommit);
    given.add(connection);
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return target.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    target.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    target.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return target.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return target.isWrapperFor(type);
  }
}
