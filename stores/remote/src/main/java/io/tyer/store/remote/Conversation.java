package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.Alive;
import io.tyer.protocol.v1.Attach;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Event;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a session and the lock server say to each other, over however many streams it takes: each
 * request has one number, is sent again under it until it is answered, and is given up after the
 * operation time-out.
 */
final class Conversation implements Carrier.Cargo {

  private static final long FIRST_POSTPONEMENT_NANOS = 10_000_000;
  private static final int MOST_DOUBLINGS = 5;

  /** The server keeps the outcomes of a session that are not settled, and not many more. */
  private static final int WINDOW = 1_000;

  /**
   * From so many unanswered requests on, those to come wait a moment for each other: the time for
   * which another thread is called. Fewer go out at once, one by one.
   */
  private static final int CROWD = 8;

  private final Links links;
  private final ByteString secret;
  private final long ttlNanos;
  private final Listener listener;
  private final Serial serial;
  private final Carrier carrier;

  // What follows is changed by events only.
  private final Unanswered unanswered = new Unanswered();
  private final Deque<Request<?>> heldBack = new ArrayDeque<>();
  private long attachSequence;
  private boolean opened;
  private boolean ending;
  private @Nullable StoreException over;
  private boolean watching;
  private boolean flushing;
  private long lastAsked;
  private long silenceNanos;

  /** Who hears what is no answer to a request. */
  interface Listener {
    void told(Event event);

    /** A server has taken up the session after a break; how its tickets stand. */
    void attached(Alive state);

    /** The server has ended the session, and not because it was asked to. */
    void died(String why);

    /** Nothing comes any more. */
    void over();
  }

  Conversation(Links links, byte[] secret, long ttlNanos, Listener listener) {
    this.links = links;
    this.secret = ByteString.copyFrom(secret);
    this.ttlNanos = ttlNanos;
    this.listener = listener;
    this.serial = new Serial(links.surroundings());
    this.carrier = new Carrier(links, serial, this);
    this.silenceNanos = links.silenceNanos(0);
  }

  // ---- requests

  /** Makes requests, in this order; each is answered once. The first one ever opens the session. */
  void ask(List<Request<?>> requests) {
    serial.happen(
        after -> {
          requests.forEach(request -> take(request, true, after));
          flush();
        });
  }

  void ask(Request<?> request) {
    serial.happen(after -> take(request, unanswered.size() >= CROWD, after));
  }

  private void take(Request<?> request, boolean withOthers, After after) {
    StoreException why = over;
    if (why != null) {
      fail(request, why, after);
      return;
    }
    long now = links.now();
    lastAsked = now;
    ending |= request.ends();
    unanswered.add(request, now + links.operationTimeoutNanos());
    SessionStream stream = carrier.attached();
    if (stream == null) {
      carrier.need(after);
    } else {
      send(stream, request, withOthers, now);
    }
    watch();
  }

  private void send(SessionStream stream, Request<?> request, boolean withOthers, long now) {
    long settled = unanswered.settled();
    if (request.leavesAnOutcome() && request.sequence() - settled >= WINDOW) {
      heldBack.add(request);
    } else if (!withOthers) {
      request.send(stream, settled, now);
    } else if (request.gather(stream, settled, now) && !flushing) {
      flushing = true;
      links.surroundings().io().execute(() -> serial.happen(after -> flush()));
    }
  }

  private void flush() {
    flushing = false;
    SessionStream stream = carrier.attached();
    if (stream != null) {
      stream.flush();
    }
  }

  /** Some were answered: others may go out now. */
  private void sendHeldBack() {
    SessionStream stream = carrier.attached();
    long settled = unanswered.settled();
    while (stream != null
        && !heldBack.isEmpty()
        && heldBack.element().sequence() - settled < WINDOW) {
      Request<?> request = heldBack.remove();
      if (request.isUnsent() && unanswered.holds(request)) {
        send(stream, request, true, links.now());
      }
    }
  }

  private static void fail(Request<?> request, StoreException why, After after) {
    // One for each caller: traces are theirs.
    after.add(
        () ->
            request.failed(new StoreException(why.kind(), String.valueOf(why.getMessage()), why)));
  }

  private void fail(Predicate<Request<?>> which, StoreException why, After after) {
    boolean opening = !opened;
    for (Request<?> request : unanswered.removeAll(which)) {
      fail(request, why, after);
      if (opening && request.opens()) {
        // Whoever opens again does so under another secret.
        end(why, after);
      }
    }
    endedInVain();
  }

  /** What was to be the end has failed: nobody goes on with this session unless asked again. */
  private void endedInVain() {
    if (ending && over == null && unanswered.isEmpty()) {
      carrier.rest();
    }
  }

  // ---- streams

  @Override
  public boolean wantsStream() {
    // A session that nobody has asked for anything in its lifetime is not kept up any more.
    boolean alive = opened && !ending && links.now() - lastAsked < ttlNanos;
    return over == null && (alive || !unanswered.isEmpty());
  }

  @Override
  public void introduce(SessionStream stream) {
    Request<?> first = unanswered.first();
    if (opened) {
      attachSequence = unanswered.nextSequence();
      stream.send(
          ClientMessage.newBuilder()
              .setSequence(attachSequence)
              .setSettled(first == null ? attachSequence : first.sequence())
              .setAttach(Attach.newBuilder().setSecret(secret).setPacks(true))
              .build());
    } else if (first != null) {
      first.send(stream, first.sequence(), links.now());
    }
  }

  @Override
  public void lost(SessionStream stream, boolean turnedAway) {
    for (Request<?> request : unanswered.all()) {
      if (request.isOn(stream)) {
        request.lost(turnedAway);
      }
    }
  }

  @Override
  public void nobodyThere(StoreException why, After after) {
    fail(
        Request::neverArrived,
        new StoreException(why.kind(), links.address() + ": " + why.getMessage(), why),
        after);
  }

  /** Sends what waits for it, in order. */
  private void sendAll(SessionStream stream) {
    long now = links.now();
    heldBack.clear();
    for (Request<?> request : unanswered.all()) {
      if (request.isUnsent()) {
        send(stream, request, true, now);
      }
    }
    flush();
  }

  // ---- what the server says

  @Override
  public void received(SessionStream stream, ServerMessage message, After after) {
    if (over != null) {
      return;
    }
    silenceNanos = links.silenceNanos(0);
    if (message.hasReply()) {
      replied(stream, message.getReply(), after);
    } else if (message.hasEvent()) {
      Event event = message.getEvent();
      if (!event.hasEnded()) {
        after.add(() -> listener.told(event));
      } else if (!ending) {
        die(event.getEnded(), after);
      }
    }
  }

  private void replied(SessionStream stream, Reply reply, After after) {
    long sequence = reply.getSequence();
    if (opened && sequence == attachSequence) {
      attachSequence = 0;
      attachReplied(stream, reply, after);
      return;
    }
    Request<?> request = unanswered.get(sequence);
    if (request == null || (request.opens() && !carrier.isOn(stream))) {
      return;
    }
    if (reply.hasFailure()) {
      refused(stream, request, reply.getFailure(), after);
      return;
    }
    Request<?> unused = unanswered.remove(sequence);
    after.add(() -> request.done(reply, links.address().shown()));
    if (request.opens()) {
      opened = true;
      takenUp(stream, reply);
    } else if (request.ends()) {
      end(dead("it was ended by this client"), after);
    } else {
      sendHeldBack();
    }
  }

  private void attachReplied(SessionStream stream, Reply reply, After after) {
    Failure failure = reply.getFailure();
    if (!reply.hasFailure()) {
      takenUp(stream, reply);
      after.add(() -> listener.attached(reply.getAlive()));
    } else if (failure.getKind() == Failure.Kind.SESSION_DEAD) {
      die(failure.getMessage(), after);
    } else {
      boolean exchanged =
          failure.getKind() == Failure.Kind.UNAUTHENTICATED
              && stream.isUnderAnother(links.credential());
      boolean refused = !exchanged && !isPassing(failure.getKind());
      carrier.leave(stream, after);
      if (refused) {
        String where = links.address().shown();
        fail(Request::neverArrived, Failures.refused(where, failure.getMessage(), null), after);
      }
    }
  }

  private static boolean isPassing(Failure.Kind kind) {
    return kind == Failure.Kind.UNAVAILABLE || kind == Failure.Kind.UNKNOWN;
  }

  private void takenUp(SessionStream stream, Reply reply) {
    stream.takesPacks(reply.getAlive().getPacks());
    if (carrier.attached(stream)) {
      sendAll(stream);
    }
  }

  private void refused(SessionStream stream, Request<?> request, Failure failure, After after) {
    switch (failure.getKind()) {
      case SESSION_DEAD -> die(failure.getMessage(), after);
      case UNAVAILABLE -> postpone(stream, request, false, after);
      case UNKNOWN -> postpone(stream, request, true, after);
      case UNAUTHENTICATED, FORBIDDEN, REFUSED, KIND_UNSPECIFIED, UNRECOGNIZED -> {
        if (failure.getKind() == Failure.Kind.UNAUTHENTICATED
            && stream.isUnderAnother(links.credential())) {
          int unused = request.postponed(false);
          carrier.leave(stream, after);
          return;
        }
        StoreException why = Failures.refused(links.address().shown(), failure.getMessage(), null);
        fail(one -> one == request, why, after);
        sendHeldBack();
      }
    }
  }

  /** The server wants to be asked again. */
  private void postpone(SessionStream stream, Request<?> request, boolean unknown, After after) {
    int times = request.postponed(unknown);
    if (!opened) {
      carrier.leave(stream, after);
      return;
    }
    long nanos = FIRST_POSTPONEMENT_NANOS << Math.min(times, MOST_DOUBLINGS);
    var unused =
        serial.later(
            links.jittered(nanos),
            then -> {
              SessionStream open = carrier.attached();
              if (open != null && request.isUnsent() && unanswered.holds(request)) {
                request.send(open, unanswered.settled(), links.now());
              }
            });
  }

  // ---- the end

  private StoreException dead(String why) {
    return new StoreException(
        Kind.SESSION_DEAD, "the session has ended in " + links.address() + ": " + why);
  }

  private void die(String why, After after) {
    if (over == null) {
      if (!ending) {
        after.add(() -> listener.died(why));
      }
      end(dead(why), after);
    }
  }

  private void end(StoreException why, After after) {
    over = why;
    carrier.stop();
    unanswered.removeAll(request -> true).forEach(request -> fail(request, why, after));
    after.add(listener::over);
  }

  /** The store is closed: what is not answered yet fails, and so does all that is asked later. */
  void close() {
    serial.happen(
        after -> {
          if (over == null) {
            String closed = "the store " + links.address() + " is closed";
            fail(Request::neverArrived, new StoreException(Kind.UNREACHABLE, closed), after);
            fail(request -> true, new StoreException(Kind.UNKNOWN, closed), after);
          }
          if (over == null) {
            end(new StoreException(Kind.UNREACHABLE, "the store is closed"), after);
          }
        });
  }

  // ---- time

  /** Looks after requests that are not answered: often enough for either of the limits. */
  private void watch() {
    Request<?> first = unanswered.first();
    if (watching || first == null || over != null) {
      return;
    }
    watching = true;
    long left = Math.max(0, first.deadline() - links.now());
    var unused = serial.later(Math.min(left, silenceNanos / 2), this::look);
  }

  private void look(After after) {
    watching = false;
    if (over != null) {
      return;
    }
    long now = links.now();
    SessionStream stream = carrier.attached();
    boolean silent = stream != null && unanswered.waitingSince(stream, now) >= silenceNanos;
    Predicate<Request<?>> late = request -> request.deadline() - now <= 0;
    String where = links.address().toString();
    fail(
        late.and(Request::neverArrived),
        Failures.unreachable(where, "no member has taken up the session in time", null),
        after);
    fail(
        late,
        new StoreException(Kind.UNKNOWN, "the store " + where + " has not answered in time"),
        after);
    if (stream != null && silent) {
      silenceNanos = Math.min(2 * silenceNanos, links.operationTimeoutNanos());
      carrier.giveUp(stream, after);
    }
    sendHeldBack();
    watch();
  }
}
