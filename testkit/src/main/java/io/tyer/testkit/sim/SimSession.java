package io.tyer.testkit.sim;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import io.tyer.testkit.sim.SimServer.Change;
import java.util.function.Consumer;

/** A session as its client has it: every request goes over the client's link. */
final class SimSession implements StoreSession {

  private final StoreSession atServer;
  private final SimServer server;
  private final Link link;
  private final Consumer<SimSession> whenUsed;
  private boolean ending;

  SimSession(StoreSession atServer, SimServer server, Link link, Consumer<SimSession> whenUsed) {
    this.atServer = atServer;
    this.server = server;
    this.link = link;
    this.whenUsed = whenUsed;
  }

  @Override
  public SessionId id() {
    return atServer.id();
  }

  private Change change(Change.Kind kind, RequestId request) {
    return new Change(kind, id(), request);
  }

  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    link.<BeatAnswer>send(
        "beat",
        true,
        answer -> server.doing(Change.NOTHING, () -> server.beat(atServer, bearers, answer)),
        reply);
  }

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    whenUsed.accept(this);
    Change change = change(onlyIfFree ? Change.Kind.TRY : Change.Kind.ENTER, ask.request());
    link.<TicketState>send(
        (onlyIfFree ? "try " : "enter ") + name + " #" + ask.request().low(),
        // A try that was refused may be granted when it is repeated: a store must not do that.
        !onlyIfFree,
        answer -> server.doing(change, () -> atServer.enter(name, ask, onlyIfFree, answer)),
        reply);
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    link.<Boolean>send(
        "leave " + name + " #" + request.low(),
        true,
        answer ->
            server.doing(
                change(Change.Kind.LEAVE, request),
                () -> atServer.leave(name, request, number, answer)),
        reply);
  }

  @Override
  public boolean leavesAndEnters() {
    return server.leavesAndEnters();
  }

  @Override
  public void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    whenUsed.accept(this);
    link.<Parts>send(
        "leave " + name + " #" + request.low() + " and enter #" + ask.request().low(),
        true,
        answer -> answer.done(leaveAndEnter(name, request, number, ask)),
        new Reply<>() {
          @Override
          public void done(Parts parts) {
            parts.left.passOn(left);
            parts.entered.passOn(entered);
          }

          @Override
          public void failed(StoreException failure) {
            left.failed(failure);
            entered.failed(failure);
          }
        });
  }

  /** The answers, which the server knows at once. */
  private record Parts(Answer<Boolean> left, Answer<TicketState> entered) {}

  /** At the server, which now and then knows nothing of the new ticket, whether taken or not. */
  private Parts leaveAndEnter(LockName name, RequestId request, long number, Ask ask) {
    Answer<Boolean> left = new Answer<>();
    Answer<TicketState> entered = new Answer<>();
    boolean lost = link.chance(0.02);
    boolean taken = !lost || link.chance(0.5);
    server.doing(
        change(Change.Kind.LEAVE, request),
        () -> {
          atServer.leave(name, request, number, left);
          if (taken) {
            atServer.enter(name, ask, false, entered);
          }
        });
    if (lost) {
      link.count("enters of which a leave's reply knew nothing");
      entered.failed(new StoreException(StoreException.Kind.UNKNOWN, "perhaps undone"));
    }
    return new Parts(left, entered);
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    link.<TicketState>send(
        "weaken " + name + " #" + request.low(),
        true,
        answer ->
            server.doing(
                change(Change.Kind.WEAKEN, request),
                () -> atServer.weaken(name, request, number, weight, capacity, answer)),
        reply);
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    link.<TicketState>send(
        "check " + name + " #" + request.low(),
        true,
        answer -> server.doing(Change.NOTHING, () -> atServer.check(name, request, number, answer)),
        reply);
  }

  /** Whether its client has asked for its end. */
  boolean ending() {
    return ending;
  }

  @Override
  public void end(Reply<Boolean> reply) {
    ending = true;
    link.<Boolean>send(
        "end",
        true,
        answer ->
            server.doing(
                change(Change.Kind.END, new RequestId(0, 0)), () -> server.end(atServer, answer)),
        reply);
  }
}
