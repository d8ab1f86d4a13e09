package io.tyer.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Known by their classes' names: this module does not depend on what has them. */
final class TransactionalDataSources {

  private static final Set<String> NAMES =
      Set.of(
          "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
          "org.springframework.jdbc.datasource.SingleConnectionDataSource");

  private static final int DEEPEST = 10;

  private TransactionalDataSources() {}

  /**
   * Refuses what gives a caller the connection of his transaction, or everybody the same one.
   *
   * @throws IllegalArgumentException if it does
   */
  static void refuse(DataSource dataSource) {
    DataSource next = dataSource;
    for (int i = 0; next != null && i < DEEPEST; i++) {
      for (Class<?> type = next.getClass(); type != null; type = type.getSuperclass()) {
        if (NAMES.contains(type.getName())) {
          throw new IllegalArgumentException(
              type.getSimpleName()
                  + " gives out a connection that others use at the same time, in their"
                  + " transactions; give the DataSource behind it, such as the connection pool"
                  + " itself (Spring: getTargetDataSource())");
        }
      }
      next = behind(next);
    }
  }

  /** What Spring's DelegatingDataSource stands before; null for all others. */
  private static @Nullable DataSource behind(DataSource dataSource) {
    try {
      return dataSource.getClass().getMethod("getTargetDataSource").invoke(dataSource)
              instanceof DataSource target
          ? target
          : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
