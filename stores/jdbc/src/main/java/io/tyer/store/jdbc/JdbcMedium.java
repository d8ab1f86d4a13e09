package io.tyer.store.jdbc;

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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records as rows; each call is one statement, or a few that each may stand alone. */
final class JdbcMedium implements RecordMedium {

  /** For how long a line without tickets is kept: who uses it again finds it. */
  private static final long COOLING_MICROS = TimeUnit.SECONDS.toMicros(60);

  /** How long a write waits for others that are under way: longer than they usually take. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final JdbcAddress address;
  private final Sql sql;
  private final Connections connections;
  private final Tables tables;
  private final Surroundings surroundings;
  private final @Nullable Notices notices;
  private final RowReads reads;
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
    this.sql = sql;
    this.connections = connections;
    this.tables = tables;
    this.surroundings = surroundings;
    this.notices = notices;
    this.reads = new RowReads(address, sql, connections);
    this.statements = new RowStatements(address.dialect(), sql, connections);
    this.groups =
        address.dialect() == Dialect.POSTGRESQL
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
    return reads.read(key);
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
    return reads.readEach(keys, known);
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    tables.ready();
    return reads.list(kind);
  }

  @Override
  public Map<RecordKey, Stamped> readAll(RecordKey.Kind kind) throws StoreException {
    tables.ready();
    return reads.readAll(kind);
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    return reads.age(key, version);
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
  public void makeLast() throws StoreException {
    try {
      statements.makeLast();
    } catch (StoreException e) {
      looselyRefused |= e.kind() == StoreException.Kind.REFUSED;
      throw e;
    }
  }

  @Override
  public long era() {
    return connections.made().orElse(0);
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    tables.ready();
    return statements.remove(key, expected);
  }

  @Override
  public boolean keepsHighWater() {
    return true;
  }

  @Override
  public long highWater() throws StoreException {
    return reads.highWater();
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
  public void hint(Hint hint) {
    if (notices != null) {
      notices.hint(hint);
    }
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints)
      throws StoreException {
    return notices != null && connections.listens()
        ? notices.listen(self, hints)
        : connections.whenReplaced(surroundings.io(), () -> hints.accept(null));
  }

  /** Where nothing tells of grants, it is still seen that another server has taken over. */
  @Override
  public boolean warns() {
    return true;
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
