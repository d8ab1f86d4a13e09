package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;

/** Writes what happens in one acquire and to the lease it gave. For any number of threads. */
final class OperationLog {

  private final HistoryWriter history;
  private final int process;
  private final long operation;
  private final Wish.Thing thing;
  private volatile long token;

  OperationLog(HistoryWriter history, int process, long operation, Wish.Thing thing) {
    this.history = history;
    this.process = process;
    this.operation = operation;
    this.thing = thing;
  }

  int process() {
    return process;
  }

  long operation() {
    return operation;
  }

  /** From here on events carry the token. */
  void token(long known) {
    token = known;
  }

  /** The token, 0 if it is not known. */
  long token() {
    return token;
  }

  void now(What what, String note) {
    at(System.nanoTime(), what, note);
  }

  void at(long at, What what, String note) {
    write(at, what, 0, note);
  }

  void valid(long at, long validFor) {
    write(at, What.VALID, validFor, "");
  }

  private void write(long at, What what, long validFor, String note) {
    history.write(
        new Event(
            at,
            process,
            operation,
            what,
            thing.name(),
            thing.weight(),
            thing.capacity(),
            token,
            validFor,
            note));
  }
}
