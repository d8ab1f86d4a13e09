package io.tyer.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.Hint;
import io.tyer.store.record.Reading;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records as rows; each call is one statement, or a few that each may stand alone. */
final class JdbcMedium implements RecordMedium {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcMedium.class);

  private static final int PAGE = 1_000;

  /** For how long a line without tickets is kept: who uses it again finds it. */
  private static final long COOLING_MICROS = TimeUnit.SECONDS.toMicros(60);

  /** How long a write waits for others that are under way: longer than they usually take. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final JdbcAddress address;
  private final Dialect dialect;
  private final Sql sql;
  private final Connections connections;
  private final Tables tables;
  private final Surroundings surroundings;
  private final @Nullable Notices notices;
  private final RowStatements statements;
  private final @Nullable WriteGroups groups;
  private volatile boolean looselyRefused;

  JdbcMedium(
      JdbcAddress address,
      Sql sql,
      Connections connections,
      Tables tables,
      Surroundings surroundings,
      @Nullable Notices notices) {
    this.address = address;
    this.dialect = address.dialect();
    this.sql = sql;
    this.connections = connections;
    this.tables = tables;
    this.surroundings = surroundings;
    this.notices = notices;
    this.statements = new RowStatements(dialect, sql, connections);
    this.groups =
        dialect == Dialect.POSTGRESQL
            ? new WriteGroups(statements::updateTogether, PATIENCE_NANOS)
            : null;
  }

  @Override
  public String description() {
    return address.shown();
  }

  @Override
  public RecordKey home(LockName name) {
    return new RecordKey(RecordKey.Kind.LINES, name.text());
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    tables.ready();
    return connections
        .call(
            false,
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(sql.about(key.kind(), "read"))) {
                statements.name(statement, 1, key);
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
    return new Stamped(
        found.getLong(first), found.getLong(first + 1), row.content(key, description()));
  }

  @Override
  public boolean readsTogether() {
    return true;
  }

  @Override
  public Map<RecordKey, Reading<Stamped>> readEach(
      Collection<RecordKey> keys, Function<RecordKey, @Nullable Stamped> known)
      throws StoreException {
    tables.ready();
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
              statements.name(statement, at + 1, keys.get(Math.min(at, keys.size() - 1)));
            }
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                visit(kind, text(found, 1), found, visit);
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

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    tables.ready();
    Row row = Row.of(key, content);
    long nonce = surroundings.nextLong();
    if (expected == null) {
      return statements.insert(key, nonce, row) ? new Stamped(1, nonce, content) : null;
    }
    RowUpdate update = new RowUpdate(key, expected, nonce, row);
    return write(update, false, () -> statements.update(update)) ? update.written(content) : null;
  }

  private boolean write(RowUpdate update, boolean loosely, WriteGroups.Alone alone)
      throws StoreException {
    return (groups == null || update.key().kind() != RecordKey.Kind.LINES)
        ? alone.write()
        : groups.write(update, loosely, alone);
  }

  @Override
  public boolean writesLoosely() {
    return notices != null && !looselyRefused && connections.made().isPresent();
  }

  @Override
  public @Nullable Stamped replaceLoosely(
      RecordKey key, Stamped expected, byte[] content, List<Hint> hints) throws StoreException {
    try {
      return updateLoosely(key, expected, content, hints);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.REFUSED) {
        throw e;
      }
      // Rights to what it needs may be missing, which plain statements do without.
      Stamped written = replace(key, expected, content);
      looselyRefused = true;
      if (written != null) {
        hints.forEach(this::hint);
      }
      return written;
    }
  }

  private @Nullable Stamped updateLoosely(
      RecordKey key, Stamped expected, byte[] content, List<Hint> hints) throws StoreException {
    tables.ready();
    Notices telling = Objects.requireNonNull(notices);
    RowUpdate update = new RowUpdate(key, expected, surroundings.nextLong(), Row.of(key, content));
    WriteGroups.Alone alone = () -> statements.updateLoosely(update, telling, hints);
    boolean written = hints.isEmpty() ? write(update, true, alone) : alone.write();
    return written ? update.written(content) : null;
  }

  @Override
  public long era() {
    return connections.made().orElse(0);
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    tables.ready();
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql.about(key.kind(), "remove"))) {
            statements.name(statement, 1, key);
            statement.setLong(2, expected.version());
            statement.setLong(3, expected.nonce());
            return statement.executeUpdate() == 1;
          }
        });
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    List<RecordKey> keys = new ArrayList<>();
    readPages(kind, (key, found) -> keys.add(key));
    return keys;
  }

  /** Leaves out what says nothing, with a warning: it is not to keep others from being seen. */
  @Override
  public Map<RecordKey, Stamped> readAll(RecordKey.Kind kind) throws StoreException {
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
    tables.ready();
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
            statements.text(statement, 1, after);
            statement.setInt(2, PAGE);
            try (ResultSet found = statement.executeQuery()) {
              Optional<String> last = Optional.empty();
              int rows = 0;
              while (found.next()) {
                String name = text(found, 1);
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

  @Override
  public boolean keepsHighWater() {
    return true;
  }

  @Override
  public long highWater() throws StoreException {
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

  @Override
  public void sweepLines() throws StoreException {
    connections.call(
        true,
        connection -> {
          try (PreparedStatement raise = connection.prepareStatement(sql.get("raise-floor"));
              PreparedStatement sweep = connection.prepareStatement(sql.get("sweep-lines"))) {
            raise.executeUpdate();
            sweep.setLong(1, COOLING_MICROS);
            return sweep.executeUpdate();
          }
        });
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    return connections
        .call(
            false,
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(sql.about(key.kind(), "age"))) {
                statements.name(statement, 1, key);
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

  private String text(ResultSet found, int at) throws SQLException {
    return dialect.namesAreBytes() ? new String(found.getBytes(at), UTF_8) : found.getString(at);
  }

  @Override
  public void hint(Hint hint) {
    if (notices != null) {
      notices.hint(hint);
    }
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints)
      throws StoreException {
    if (notices == null) {
      throw new IllegalStateException(description() + " tells nothing");
    }
    return notices.listen(self, hints);
  }

  @Override
  public boolean tells() {
    return notices != null && connections.listens();
  }

  /** Nothing is kept for sessions that listen but in their connections. */
  @Override
  public void sweepHints(List<SessionId> living) {}

  @Override
  public void close() {
    if (notices != null) {
      notices.close();
    }
    connections.close();
  }
}
