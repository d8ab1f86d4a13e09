package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Asked.answer;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;

/** A session of a {@link BareClient}. */
final class BareSession {

  private final BareClient client;
  final StoreSession store;

  BareSession(BareClient client, StoreSession store) {
    this.client = client;
    this.store = store;
  }

  /** A ticket that was taken: all by which somebody could ask for it. */
  record Taken(LockName name, RequestId request, long number) {}

  SessionId id() {
    return store.id();
  }

  /** Takes an exclusive ticket. */
  Taken enter(String name) throws Exception {
    LockName lock = LockName.of(name);
    RequestId request = client.newRequest();
    return new Taken(lock, request, number(enter(lock, request, id(), false)));
  }

  /** Enters with this request, for this session. */
  TicketState enter(LockName name, RequestId request, SessionId session, boolean onlyIfFree)
      throws Exception {
    Ask ask = Ask.exclusive(session, request, "bare", false);
    return answer(reply -> store.enter(name, ask, onlyIfFree, reply));
  }

  /** Enters once more with the request of a ticket. */
  TicketState enterAgain(Taken taken, boolean onlyIfFree) throws Exception {
    return enter(taken.name(), taken.request(), id(), onlyIfFree);
  }

  boolean leave(Taken taken) throws Exception {
    return leave(taken, taken.number());
  }

  boolean leave(Taken taken, long number) throws Exception {
    return answer(reply -> store.leave(taken.name(), taken.request(), number, reply));
  }

  TicketState weaken(Taken taken) throws Exception {
    return answer(
        reply ->
            store.weaken(taken.name(), taken.request(), taken.number(), 1, Ask.UNBOUNDED, reply));
  }

  TicketState check(Taken taken) throws Exception {
    return answer(reply -> store.check(taken.name(), taken.request(), taken.number(), reply));
  }

  BeatAnswer beat() throws Exception {
    return answer(reply -> store.beat(Bearers.self(), reply));
  }

  boolean end() throws Exception {
    return answer(store::end);
  }

  /** The ticket's number; fails if there is none. */
  static long number(TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    if (state instanceof TicketState.Waiting waiting) {
      return waiting.number();
    }
    throw new AssertionError("no ticket: " + state);
  }
}
