package io.tyer.store.jdbc;

import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a database's refusals mean. */
final class Failures {

  /** MySQL's and MariaDB's: lock wait timed out, deadlock, changed since last read. */
  private static final Set<Integer> MYSQL_OVERTAKEN = Set.of(1205, 1213, 1020);

  /** H2's: lock time-out, deadlock, concurrent update, and a row found deleted in its index. */
  private static final Set<Integer> H2_OVERTAKEN = Set.of(50200, 40001, 90131, 90143);

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  private Failures() {}

  /** Whether the row, or the table that is to be made, is there already. */
  static boolean isDuplicate(SQLException e, Dialect dialect) {
    return switch (dialect) {
      // Also of PostgreSQL's own catalogue, when several clients make a table at once.
      case POSTGRESQL -> Set.of("23505", "42710", "42P07").contains(state(e));
      case H2 -> state(e).equals("23505");
      case MYSQL, MARIADB -> e.getErrorCode() == 1062;
      case SQLITE -> e.getErrorCode() == 19;
    };
  }

  /** Whether the statement had no effect because of others, and may be executed again. */
  static boolean isOvertaken(SQLException e, Dialect dialect) {
    return switch (dialect) {
      // 40003: nobody knows whether it had an effect.
      case POSTGRESQL ->
          (state(e).startsWith("40") && !state(e).equals("40003")) || state(e).equals("55P03");
      case MYSQL, MARIADB -> MYSQL_OVERTAKEN.contains(e.getErrorCode());
      case H2 -> H2_OVERTAKEN.contains(e.getErrorCode()) || state(e).startsWith("40");
      case SQLITE -> {
        int code = e.getErrorCode() & 0xff;
        yield code == SQLITE_BUSY || code == SQLITE_LOCKED;
      }
    };
  }

  /** Whether the connection is gone. */
  static boolean isBroken(SQLException e) {
    return state(e).startsWith("08");
  }

  /** Whether the connection was cut, and not waited on for too long. */
  static boolean isCut(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return false;
      }
    }
    return isBroken(e);
  }

  /** Whether a table is missing. */
  static boolean isMissing(SQLException e, Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> state(e).equals("42P01");
      case MYSQL, MARIADB -> e.getErrorCode() == 1146;
      // The second where one like it is found, such as one that was made at this moment; the third
      // where there are no tables at all.
      case H2 -> Set.of("42S02", "42S03", "42S04").contains(state(e));
      case SQLITE -> message(e).contains("no such table");
    };
  }

  /** Whether the server only reads, as a replica does: another one may be the primary now. */
  static boolean isReadOnly(SQLException e, Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> state(e).equals("25006");
      case MYSQL, MARIADB -> Set.of(1290, 1792, 1836).contains(e.getErrorCode());
      case H2 -> e.getErrorCode() == 90097;
      case SQLITE -> (e.getErrorCode() & 0xff) == 8;
    };
  }

  /** Whether the server said no, so that nothing was done and trying again is of no use. */
  private static boolean isRefusal(SQLException e, Dialect dialect) {
    String state = state(e);
    return switch (dialect) {
      // No rights, wrong password, syntax, what the data may not be.
      case POSTGRESQL ->
          state.startsWith("42")
              || state.startsWith("28")
              || state.startsWith("22")
              || state.startsWith("23")
              || state.startsWith("3D")
              || state.startsWith("3F");
      // What only the driver says has no number: MariaDB's calls a closed connection 42000, too.
      case MYSQL, MARIADB ->
          e.getErrorCode() > 0
              && (state.startsWith("42")
                  || state.startsWith("28")
                  || state.startsWith("22")
                  || state.startsWith("23"));
      case H2 ->
          state.startsWith("42")
              || state.startsWith("28")
              || state.startsWith("22")
              || state.startsWith("23")
              || e.getErrorCode() == 90096
              || e.getErrorCode() == 90079;
      case SQLITE -> Set.of(1, 8, 14, 18, 19, 20, 26).contains(e.getErrorCode() & 0xff);
    };
  }

  /** Why there is a connection to none of several hosts; that one may write again comes first. */
  static SQLException together(List<SQLException> failures, Dialect dialect) {
    SQLException first = failures.get(0);
    if (failures.size() == 1) {
      return first;
    }
    SQLException telling =
        failures.stream()
            .filter(e -> isReadOnly(e, dialect))
            .findFirst()
            .or(() -> failures.stream().filter(e -> !isRefusal(e, dialect)).findFirst())
            .orElse(first);
    String all =
        failures.stream()
            .map(e -> String.valueOf(e.getMessage()).strip())
            .collect(Collectors.joining("; "));
    SQLException together =
        new SQLException(all, telling.getSQLState(), telling.getErrorCode(), telling.getCause());
    failures.forEach(together::addSuppressed);
    return together;
  }

  /** No connection was to be had: nothing was done. */
  static StoreException unconnected(String store, Dialect dialect, SQLException e) {
    SQLException refusal = null;
    SQLException readOnly = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      // The pool's own exception has the state of its cause, and less to say.
      if (cause instanceof SQLException sql && isRefusal(sql, dialect)) {
        refusal = sql;
      }
      if (cause instanceof SQLException sql && isReadOnly(sql, dialect)) {
        readOnly = sql;
      }
    }
    if (readOnly != null) {
      return onlyReads(store, readOnly);
    }
    if (refusal != null) {
      return new StoreException(Kind.REFUSED, store + " refuses the connection: " + said(refusal));
    }
    return new StoreException(Kind.UNREACHABLE, store + " was not reached: " + said(e));
  }

  /** A statement failed. */
  static StoreException of(String store, Dialect dialect, boolean writes, SQLException e) {
    if (isMissing(e, dialect)) {
      return new StoreException(
          Kind.REFUSED,
          store
              + " has lost its tables, or they were never made; a client that starts makes them: "
              + said(e));
    }
    if (isReadOnly(e, dialect)) {
      return onlyReads(store, e);
    }
    if (isOvertaken(e, dialect)) {
      return new StoreException(Kind.UNREACHABLE, store + " is too busy: " + said(e));
    }
    if (isRefusal(e, dialect)) {
      return new StoreException(Kind.REFUSED, store + " refuses: " + said(e));
    }
    return writes
        ? new StoreException(
            Kind.UNKNOWN, store + " did not answer, and nobody knows what it did: " + said(e))
        : new StoreException(Kind.UNREACHABLE, store + " did not answer: " + said(e));
  }

  private static StoreException onlyReads(String store, SQLException e) {
    return new StoreException(
        Kind.UNREACHABLE,
        store + " is read-only, as a replica is; locks need the primary: " + said(e));
  }

  /** What a driver said, without secrets: some quote the URL. Causes would quote it again. */
  static String said(SQLException e) {
    return StoreAddress.mask(String.valueOf(e.getMessage()).strip()) + " (" + state(e) + ")";
  }

  private static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}
