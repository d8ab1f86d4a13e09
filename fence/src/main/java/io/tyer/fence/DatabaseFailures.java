package io.tyer.fence;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a database's failures mean for a single statement in auto-commit mode. */
final class DatabaseFailures {

  /** MySQL's and MariaDB's: lock wait timed out, deadlock. */
  private static final Set<Integer> MYSQL_OVERTAKEN = Set.of(1205, 1213);

  /** H2's: no rights. */
  private static final Set<Integer> H2_REFUSED = Set.of(90096, 90079, 90097);

  /** SQLite's: SQL error, read only, disk full, too big, constraint, wrong type, no database. */
  private static final Set<Integer> SQLITE_REFUSED = Set.of(1, 8, 13, 18, 19, 20, 26);

  private static final Set<Integer> SQLITE_OVERTAKEN = Set.of(5, 6);
  private static final int SQLITE_CODE = 0xff;

  /** Not supported, data, constraints, read-only, rights, no such database or schema, syntax. */
  private static final Set<String> REFUSED = Set.of("0A", "22", "23", "28", "3D", "3F", "42");

  private DatabaseFailures() {}

  /** Whether the statement had no effect because of others, and may be executed again. */
  static boolean isOvertaken(SQLException e, Dialect dialect) {
    String state = state(e);
    // 40003: nobody knows whether it had an effect.
    boolean repeated = state.startsWith("40") && !state.equals("40003");
    return dialect.saysConflict(e)
        || switch (dialect) {
          case POSTGRESQL -> repeated || state.equals("55P03");
          case MYSQL -> repeated || MYSQL_OVERTAKEN.contains(e.getErrorCode());
          case H2 -> repeated;
          case SQLITE -> SQLITE_OVERTAKEN.contains(e.getErrorCode() & SQLITE_CODE);
        };
  }

  /** Whether the database said no, so that nothing was done and trying again is of no use. */
  private static boolean isRefusal(SQLException e, @Nullable Dialect dialect) {
    String state = state(e);
    if (dialect == Dialect.SQLITE) {
      return SQLITE_REFUSED.contains(e.getErrorCode() & SQLITE_CODE);
    }
    // What MySQL's and MariaDB's drivers say themselves, as of a closed connection, has no number.
    boolean byServer = dialect != Dialect.MYSQL || e.getErrorCode() > 0;
    return (byServer && state.length() >= 2 && REFUSED.contains(state.substring(0, 2)))
        || state.equals("25006")
        || (dialect == Dialect.H2 && H2_REFUSED.contains(e.getErrorCode()));
  }

  /** No connection was to be had. */
  static TyerException unconnected(String resource, SQLException e) {
    // MariaDB's driver calls a closed connection 42000, with a negative number.
    return isRefusal(e, null) && e.getErrorCode() >= 0
        ? new StoreRefusedException(resource + ": the database refuses: " + said(e), e)
        : new StoreUnreachableException(
            resource + " was not reached, no connection was to be had: " + said(e), e);
  }

  /** A statement failed. */
  static TyerException of(String resource, Dialect dialect, boolean writes, SQLException e) {
    if (isOvertaken(e, dialect)) {
      return new StoreUnreachableException(
          resource + " was not reached, the database is too busy: " + said(e), e);
    }
    if (isRefusal(e, dialect)) {
      return new StoreRefusedException(resource + ": the database refuses: " + said(e), e);
    }
    return writes
        ? new OutcomeUnknownException(
            resource + " may have been written or not, the database did not answer: " + said(e), e)
        : new StoreUnreachableException(
            resource + " was not read, the database did not answer: " + said(e), e);
  }

  private static String said(SQLException e) {
    return e.getMessage() + " (" + state(e) + ")";
  }

  private static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }
}
