package io.tyer.server.log;

import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Applied;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.LockMachine;
import io.tyer.server.state.MalformedEntryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The state machine of the locks, moved by a log. */
final class LockLogMachine implements LogMachine {

  private final LongConsumer leads;
  private final Runnable follows;
  private final Consumer<Set<LockName>> changed;
  private volatile boolean watched;
  private LockMachine machine = new LockMachine();
  private volatile long sessions;
  private volatile long tickets;
  private volatile Map<TokenId, AccessToken> tokens = Map.of();

  /**
   * @param leads told the term in which this member leads
   * @param follows told that it leads no longer
   * @param changed told whose lines change, while that is wanted
   */
  LockLogMachine(LongConsumer leads, Runnable follows, Consumer<Set<LockName>> changed) {
    this.leads = leads;
    this.follows = follows;
    this.changed = changed;
  }

  /** For any thread. */
  void watch(boolean wanted) {
    watched = wanted;
  }

  /** Asked by any thread. */
  long sessions() {
    return sessions;
  }

  /** Asked by any thread. */
  long tickets() {
    return tickets;
  }

  /** Asked by any thread. */
  Map<TokenId, AccessToken> tokens() {
    return tokens;
  }

  @Override
  public Object apply(long index, byte[] entry) {
    Applied applied;
    machine.watched(watched);
    try {
      applied = machine.apply(EntryCodec.decode(entry));
    } catch (MalformedEntryException e) {
      throw new IllegalStateException("entry " + index + " cannot be read: " + e.getMessage(), e);
    }
    publish();
    if (!applied.changed().isEmpty()) {
      changed.accept(applied.changed());
    }
    return applied;
  }

  private void publish() {
    sessions = machine.sessions();
    tickets = machine.tickets();
    tokens = machine.tokens();
  }

  @Override
  public Image image() {
    return machine.image()::write;
  }

  @Override
  public void restore(InputStream image) throws IOException {
    machine = LockMachine.restore(image);
    publish();
  }

  @Override
  public void leads(long term) {
    leads.accept(term);
  }

  @Override
  public void follows() {
    follows.run();
  }
}
