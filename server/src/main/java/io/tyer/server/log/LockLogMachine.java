package io.tyer.server.log;

import io.tyer.server.state.Applied;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.LockMachine;
import io.tyer.server.state.MalformedEntryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The state machine of the locks, moved by a log. */
final class LockLogMachine implements LogMachine {

  private final Consumer<Boolean> leading;
  private LockMachine machine = new LockMachine();
  private volatile long sessions;
  private volatile long tickets;

  /**
   * @param leading told whether this member leads
   */
  LockLogMachine(Consumer<Boolean> leading) {
    this.leading = leading;
  }

  /** Asked by any thread. */
  long sessions() {
    return sessions;
  }

  /** Asked by any thread. */
  long tickets() {
    return tickets;
  }

  @Override
  public Object apply(long index, byte[] entry) {
    Applied applied;
    try {
      applied = machine.apply(EntryCodec.decode(entry));
    } catch (MalformedEntryException e) {
      throw new IllegalStateException("entry " + index + " cannot be read: " + e.getMessage(), e);
    }
    count();
    return applied;
  }

  private void count() {
    sessions = machine.sessions();
    tickets = machine.tickets();
  }

  @Override
  public Image image() {
    return machine.image()::write;
  }

  @Override
  public void restore(InputStream image) throws IOException {
    machine = LockMachine.restore(image);
    count();
  }

  @Override
  public void leading(boolean now) {
    leading.accept(now);
  }
}
