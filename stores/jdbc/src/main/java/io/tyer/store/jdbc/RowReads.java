package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import io.tyer.store.record.Reading;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reads rows: each call is one statement, or one for each page. */
final class RowReads {

  private static final Logger LOG = LoggerFactory.getLogger(RowReads.class);

  private static final int PAGE = 1_000;

  private final String store;
  private final Sql sql;
  private final Connections connections;
  private final RowNames names;

  RowReads(JdbcAddress address, Sql sql, Connections connections) {
    this.store = address.shown();
    this.sql = sql;
    this.connections = connections;
    this.names = new RowNames(address.dialect());
  }

  @Nullable Stamped read(RecordKey key) throws StoreException {
    return connections
        .call(
            false,
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(sql.about(key.kind(), "read"))) {
                names.set(statement, 1, key);
                try (ResultSet found = statement.executeQuery()) {
                  return found.next()
                      ? Optional.of(stamped(found, 1, key))
                      : Optional.<Stamped>empty();
                }
              }
            })
        .orElse(null);
  }

  private Stamped stamped(ResultSet found, int first, RecordKey key)
      throws SQLException, StoreException {
    String content = found.getString(first + 3);
    Row row = new Row(found.getLong(first + 2), content == null ? "" : content);
    return new Stamped(found.getLong(first), found.getLong(first + 1), row.content(key, store));
  }

  Map<RecordKey, Reading<Stamped>> readEach(
      Collection<RecordKey> keys, Function<RecordKey, @Nullable Stamped> known)
      throws StoreException {
    Map<RecordKey, Reading<Stamped>> all = new HashMap<>();
    List<RecordKey> left = new ArrayList<>(keys);
    for (int from = 0; from < left.size(); from += Sql.MOST_NAMES) {
      List<RecordKey> some = left.subList(from, Math.min(from + Sql.MOST_NAMES, left.size()));
      readSome(some, (key, found) -> all.put(key, reading(found, key, known.apply(key))));
    }
    return all;
  }

  private void readSome(List<RecordKey> keys, Visit visit) throws StoreException {
    RecordKey.Kind kind = keys.get(0).kind();
    int places = Sql.places(keys.size());
    connections.call(
        false,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.each(kind, places))) {
            for (int at = 0; at < places; at++) {
              names.set(statement, at + 1, keys.get(Math.min(at, keys.size() - 1)));
            }
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                visit(kind, names.get(found, 1), found, visit);
              }
              return keys.size();
            }
          }
        });
  }

  /** A row behind its name. What is known of this version is not read again. */
  private Reading<Stamped> reading(ResultSet found, RecordKey key, @Nullable Stamped known)
      throws SQLException {
    if (known != null && known.version() == found.getLong(2) && known.nonce() == found.getLong(3)) {
      return Reading.of(known);
    }
    try {
      return Reading.of(stamped(found, 2, key));
    } catch (StoreException e) {
      return Reading.failed(e);
    }
  }

  List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    List<RecordKey> keys = new ArrayList<>();
    readPages(kind, (key, found) -> keys.add(key));
    return keys;
  }

  /** Leaves out what says nothing, with a warning: it is not to keep others from being seen. */
  Map<RecordKey, Stamped> readAll(RecordKey.Kind kind) throws StoreException {
    Map<RecordKey, Stamped> all = new LinkedHashMap<>();
    readPages(
        kind,
        (key, found) -> {
          try {
            all.put(key, stamped(found, 2, key));
          } catch (StoreException e) {
            LOG.warn("a row is left out: {}", e.getMessage());
          }
        });
    return all;
  }

  /** What is done with a row of a page; its columns begin with the name. */
  @FunctionalInterface
  private interface Visit {
    void row(RecordKey key, ResultSet found) throws SQLException;
  }

  private void readPages(RecordKey.Kind kind, Visit visit) throws StoreException {
    Optional<String> last = Optional.of("");
    while (last.isPresent()) {
      last = readPage(kind, last.get(), visit);
    }
  }

  /** Reads a page; answers where it ends, or nothing if it was the last one. */
  private Optional<String> readPage(RecordKey.Kind kind, String after, Visit visit)
      throws StoreException {
    return connections.call(
        false,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.about(kind, "page"))) {
            names.set(statement, 1, after);
            statement.setInt(2, PAGE);
            try (ResultSet found = statement.executeQuery()) {
              Optional<String> last = Optional.empty();
              int rows = 0;
              while (found.next()) {
                String name = names.get(found, 1);
                last = Optional.of(name);
                rows++;
                visit(kind, name, found, visit);
              }
              return rows < PAGE ? Optional.<String>empty() : last;
            }
          }
        });
  }

  private void visit(RecordKey.Kind kind, String name, ResultSet found, Visit visit)
      throws SQLException {
    RecordKey key;
    try {
      key = new RecordKey(kind, Names.unescape(name));
    } catch (IllegalArgumentException e) {
      LOG.warn("a row of {} is none of Tyer's: {}", sql.table(kind), e.getMessage());
      return;
    }
    visit.row(key, found);
  }

  @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    return connections
        .call(
            false,
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(sql.about(key.kind(), "age"))) {
                names.set(statement, 1, key);
                statement.setLong(2, version.version());
                statement.setLong(3, version.nonce());
                try (ResultSet found = statement.executeQuery()) {
                  return found.next()
                      ? Optional.of(Duration.of(found.getLong(1), ChronoUnit.MICROS))
                      : Optional.<Duration>empty();
                }
              }
            })
        .orElse(null);
  }

  /** At least every number in lines that are not there any more. */
  long highWater() throws StoreException {
    return connections.call(
        false,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.get("high-water"));
              ResultSet found = statement.executeQuery()) {
            if (!found.next()) {
              throw new SQLException("no clock");
            }
            return found.getLong(1);
          }
        });
  }
}
