package io.tyer.store.jdbc;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.ProcessProof;
import io.tyer.store.record.RecordLineStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of a walk: a store, asked without an engine, whose answers come before it returns. */
final class WalkedClient implements AutoCloseable {

  static final Duration TTL = Duration.ofSeconds(1_000);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  final HandDriven machine;
  private final LineStore store;

  /**
   * A client.
   *
   * @param elsewhere whether it is on another host than those that are not: then beats are judged
   *     by when they were first seen, and by the database's clock
   */
  WalkedClient(String address, ConnectionSource source, HandDriven machine, boolean elsewhere) {
    this.machine = machine;
    JdbcAddress jdbc = JdbcAddress.of(StoreAddress.parse(address));
    this.store =
        elsewhere
            ? elsewhere(jdbc, source, machine)
            : JdbcLineStores.open(
                jdbc, source, new LineStoreProvider.Settings(machine, TTL, TIMEOUT, TIMEOUT));
  }

  private static LineStore elsewhere(
      JdbcAddress address, ConnectionSource source, HandDriven machine) {
    Sql sql = new Sql(address.dialect(), address.prefix());
    Connections connections = new Connections(address, source);
    Notices notices =
        address.dialect() == Dialect.POSTGRESQL
            ? new Notices(address, sql, connections, machine)
            : null;
    Tables tables = new Tables(connections, sql, address);
    return new RecordLineStore(
        new JdbcMedium(address, sql, connections, tables, machine, notices),
        machine,
        new StoreTraits(true, notices != null, Duration.ZERO, TIMEOUT, TIMEOUT),
        TIMEOUT,
        ProcessProof.none());
  }

  /** A session, and what it was told. */
  static final class Member implements SessionEvents {
    final WalkedClient client;
    final Set<Long> granted = ConcurrentHashMap.newKeySet();
    final Set<LockName> changed = ConcurrentHashMap.newKeySet();
    private final StoreSession session;

    /** Whether it knows that its session is over. */
    boolean over;

    Member(WalkedClient client) {
      this.client = client;
      SessionRequest request =
          new SessionRequest(SessionSecret.random(client.machine), TTL, "walk", Bearers.none());
      this.session = answer(reply -> client.store.open(request, this, reply));
    }

    StoreSession session() {
      return session;
    }

    SessionId id() {
      return session.id();
    }

    @Override
    public void granted(LockName name, RequestId request, long number) {
      granted.add(number);
    }

    @Override
    public void changed(LockName name) {
      changed.add(name);
    }

    @Override
    public void changedAnywhere() {}

    @Override
    public void ended(String why) {}
  }

  LineStore store() {
    return store;
  }

  List<LineView> list(String prefix) {
    return answer(reply -> store.list(prefix, reply));
  }

  /** A request's answer or failure, whichever came. */
  static final class Answer<T> implements Reply<T> {
    private @Nullable T value;
    private @Nullable StoreException failure;
    private int replies;

    static <T> Answer<T> of(Consumer<Reply<T>> request) {
      Answer<T> answer = new Answer<>();
      request.accept(answer);
      if (answer.replies != 1) {
        throw new AssertionError("answered " + answer.replies + " times");
      }
      return answer;
    }

    @Override
    public void done(T answered) {
      value = answered;
      replies++;
    }

    @Override
    public void failed(StoreException why) {
      failure = why;
      replies++;
    }

    /** Whether it failed for that reason. */
    boolean failedAs(StoreException.Kind kind) {
      return failure != null && failure.kind() == kind;
    }

    T value() {
      if (failure != null) {
        throw new AssertionError("failed: " + failure.kind() + " " + failure.getMessage(), failure);
      }
      return Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
      return failure == null ? String.valueOf(value) : failure.kind() + " " + failure.getMessage();
    }
  }

  private static <T> T answer(Consumer<Reply<T>> request) {
    return Answer.of(request).value();
  }

  @Override
  public void close() {
    store.close();
  }
}
