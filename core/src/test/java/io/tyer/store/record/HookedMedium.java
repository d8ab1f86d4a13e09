package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's way to the shelf, on which things can be made to happen. */
final class HookedMedium implements RecordMedium {

  /** What a call does. */
  enum Call {
    READ,
    READ_EACH,
    REPLACE,
    REMOVE,
    MAKE_LAST,
    LIST,
    AGE,
    MARK
  }

  /** What is made to happen around a call; may throw, or do what another client would do. */
  interface Hook {
    default void before(Call call, RecordKey key) throws StoreException {}

    default void after(Call call, RecordKey key) throws StoreException {}
  }

  static final Hook NOTHING = new Hook() {};

  final Shelf shelf;
  private final String name;
  final List<RecordKey> reads = new ArrayList<>();
  final List<RecordKey> replaces = new ArrayList<>();
  final List<RecordKey> ages = new ArrayList<>();
  volatile Hook hook = NOTHING;
  volatile boolean losesHints;
  volatile boolean tells = true;
  volatile boolean counts;
  volatile boolean loose;
  volatile boolean together;

  /** Whether what is written loosely is told to those whom it concerns. */
  volatile boolean passesOn;

  final List<Set<RecordKey>> readsOfEach = new ArrayList<>();

  /** Whether what is written loosely now takes effect later, and nobody knows. */
  volatile BooleanSupplier delays = () -> false;

  final Queue<Runnable> late = new ArrayDeque<>();

  /** As many crashes as the answers have shown. */
  private volatile int crashesSeen;

  private final AtomicLong reconnects = new AtomicLong();

  HookedMedium(Shelf shelf, String name) {
    this.shelf = shelf;
    this.name = name;
  }

  static StoreException unreachable() {
    return new StoreException(Kind.UNREACHABLE, "unreachable, for the test's sake");
  }

  static StoreException unknown() {
    return new StoreException(Kind.UNKNOWN, "unknown, for the test's sake");
  }

  private void before(Call call, RecordKey key, List<RecordKey> log) throws StoreException {
    if (counts) {
      log.add(key);
    }
    hook.before(call, key);
  }

  @Override
  public String description() {
    return "shelf of " + name;
  }

  @Override
  public RecordKey home(LockName lock) {
    return shelf.home(lock);
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    before(Call.READ, key, reads);
    Stamped found = shelf.read(key);
    crashesSeen = shelf.crashes();
    hook.after(Call.READ, key);
    return found;
  }

  @Override
  public boolean readsTogether() {
    return together;
  }

  @Override
  public Map<RecordKey, Reading<Stamped>> readEach(
      Collection<RecordKey> keys, Function<RecordKey, @Nullable Stamped> known)
      throws StoreException {
    if (counts) {
      readsOfEach.add(Set.copyOf(keys));
    }
    RecordKey first = keys.iterator().next();
    hook.before(Call.READ_EACH, first);
    Map<RecordKey, Reading<Stamped>> all = RecordMedium.super.readEach(keys, known);
    hook.after(Call.READ_EACH, first);
    return all;
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    before(Call.REPLACE, key, replaces);
    Stamped written = shelf.replace(key, expected, content);
    if (written != null) {
      shelf.keepAll();
    }
    crashesSeen = shelf.crashes();
    hook.after(Call.REPLACE, key);
    return written;
  }

  @Override
  public boolean writesLoosely() {
    return loose;
  }

  @Override
  public @Nullable Stamped replaceLoosely(
      RecordKey key, Stamped expected, byte[] content, List<Hint> hints) throws StoreException {
    before(Call.REPLACE, key, replaces);
    if (delays.getAsBoolean()) {
      late.add(() -> shelf.replaceLoosely(key, expected, content));
      throw unknown();
    }
    Stamped written = shelf.replaceLoosely(key, expected, content);
    if (written != null) {
      for (Hint hint : hints) {
        hint(passesOn ? new Hint(hint.to(), hint.name(), hint.grant(), written) : hint);
      }
    }
    crashesSeen = shelf.crashes();
    hook.after(Call.REPLACE, key);
    return written;
  }

  @Override
  public void makeLast() throws StoreException {
    RecordKey all = new RecordKey(RecordKey.Kind.LINES, "all");
    hook.before(Call.MAKE_LAST, all);
    shelf.keepAll();
    crashesSeen = shelf.crashes();
    hook.after(Call.MAKE_LAST, all);
  }

  @Override
  public long era() {
    return crashesSeen + reconnects.get();
  }

  /** An answer comes to another thread. */
  void noticeCrashes() {
    crashesSeen = shelf.crashes();
  }

  /** The era changes, though the server has not crashed. */
  void reconnect() {
    reconnects.addAndGet(1_000);
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    if (key.kind() != RecordKey.Kind.SESSION) {
      throw new AssertionError("only sessions are removed, not " + key);
    }
    hook.before(Call.REMOVE, key);
    boolean removed = shelf.remove(key, expected);
    hook.after(Call.REMOVE, key);
    return removed;
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    RecordKey all = new RecordKey(kind, "all");
    hook.before(Call.LIST, all);
    List<RecordKey> keys = shelf.keys(kind);
    hook.after(Call.LIST, all);
    return keys;
  }

  @Override
  public boolean keepsHighWater() {
    return shelf.mark.get() >= 0;
  }

  @Override
  public long highWater() throws StoreException {
    RecordKey all = new RecordKey(RecordKey.Kind.LINES, "mark");
    hook.before(Call.MARK, all);
    long mark = shelf.mark.get();
    hook.after(Call.MARK, all);
    return mark;
  }

  @Override
  public void sweepLines() {
    if (keepsHighWater()) {
      shelf.sweepLines();
    }
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    before(Call.AGE, key, ages);
    Shelf.Kept kept = shelf.records.get(key);
    return kept == null || !kept.stamped().same(version)
        ? null
        : Duration.ofNanos(shelf.nanos() - kept.atNanos());
  }

  @Override
  public void hint(Hint hint) {
    Consumer<@Nullable Hint> inbox = shelf.inboxes.get(hint.to());
    if (inbox != null && !losesHints) {
      inbox.accept(hint);
    }
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints) {
    shelf.inboxes.put(self, hints);
    return () -> shelf.inboxes.remove(self);
  }

  @Override
  public boolean tells() {
    return tells;
  }

  @Override
  public void sweepHints(List<SessionId> living) {
    shelf.inboxes.keySet().retainAll(living);
  }

  @Override
  public void close() {}
}
