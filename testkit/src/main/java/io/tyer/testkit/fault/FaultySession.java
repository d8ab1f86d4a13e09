package io.tyer.testkit.fault;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;

/** A session behind a link. */
final class FaultySession implements StoreSession {

  private final StoreSession real;
  private final Link link;

  FaultySession(StoreSession real, Link link) {
    this.real = real;
    this.link = link;
  }

  @Override
  public SessionId id() {
    return real.id();
  }

  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    link.beat(reply, back -> real.beat(bearers, back));
  }

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    link.request(reply, back -> real.enter(name, ask, onlyIfFree, back));
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    link.request(reply, back -> real.leave(name, request, number, back));
  }

  @Override
  public void leaveUnawaited(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    link.request(reply, back -> real.leaveUnawaited(name, request, number, back));
  }

  @Override
  public boolean leavesAndEnters() {
    return real.leavesAndEnters();
  }

  @Override
  public void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    link.request(
        left,
        entered,
        (leftBack, enteredBack) ->
            real.leaveAndEnter(name, request, number, ask, leftBack, enteredBack));
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    link.request(reply, back -> real.weaken(name, request, number, weight, capacity, back));
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    link.request(reply, back -> real.check(name, request, number, back));
  }

  @Override
  public void end(Reply<Boolean> reply) {
    link.request(reply, back -> real.end(back));
  }
}
