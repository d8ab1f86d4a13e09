package io.tyer.store.redis;

import static io.tyer.store.redis.Keys.bytes;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.Arrays;
import java.util.List;

/** A session on one shard: each request is one script, and one trip. */
final class RedisSession implements StoreSession {

  private static final int REQUEST_DIGITS = 32;
  private static final byte[] ATTENTION = bytes("attention");

  private final Shard shard;
  private final Inboxes inboxes;
  private final SessionEvents events;
  private final SessionId id;
  private final String whoText;
  private final byte[] who;
  private final byte[] secret;
  private final byte[] ttl;
  private final byte[] hash;
  private final byte[] channel;

  RedisSession(Shard shard, Inboxes inboxes, SessionRequest request, SessionEvents events) {
    this.shard = shard;
    this.inboxes = inboxes;
    this.events = events;
    this.id = request.secret().publicId();
    this.secret = request.secret().reveal();
    this.ttl = bytes(Long.toString(request.ttl().toMillis()));
    this.whoText = id + "." + request.ttl().toMillis();
    this.who = bytes(whoText);
    this.hash = shard.keys().session(whoText);
    this.channel = shard.keys().inbox(whoText);
  }

  @Override
  public SessionId id() {
    return id;
  }

  // ---- from its opening to its end

  /** Listens before anything can be told, then opens. */
  void open(SessionRequest request, Reply<StoreSession> reply) {
    inboxes.open(
        channel,
        new SessionInbox(events),
        () ->
            shard.sendReplicated(
                new Request(
                    Script.OPEN,
                    List.of(
                        shard.keys().sessions(),
                        hash,
                        shard.keys().floor(),
                        shard.keys().line(new byte[0])),
                    List.of(
                        who,
                        secret,
                        Request.RUN,
                        ttl,
                        bytes(request.owner()),
                        bytes(Long.toString(shard.seen())))) {
                  @Override
                  void answered(Object answer) {
                    opened(answer, reply);
                  }

                  @Override
                  void failed(StoreException failure) {
                    inboxes.close(channel, () -> {});
                    reply.failed(failure);
                  }
                }),
        reply::failed);
  }

  private void opened(Object answer, Reply<StoreSession> reply) {
    if (answer instanceof Long code && code == 1) {
      reply.done(this);
      return;
    }
    inboxes.close(channel, () -> {});
    reply.failed(refused("session " + id + " was opened before in " + shard.description()));
  }

  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    inboxes.verify();
    shard.sendReplicated(
        new Own<>(
            reply,
            Script.BEAT,
            List.of(shard.keys().sessions(), hash),
            List.of(who, secret, ATTENTION, ttl)) {
          @Override
          BeatAnswer read(Object answer) throws StoreException {
            if (answer instanceof List<?> list) {
              for (Object over : list.subList(1, list.size())) {
                shard.bury(Answers.text(over), () -> {}, failure -> {});
              }
              return beat(Answers.number(list, 0));
            }
            return beat((Long) answer);
          }
        });
  }

  private static BeatAnswer beat(long attention) {
    return attention == 1 ? new BeatAnswer(true) : BeatAnswer.ALIVE;
  }

  @Override
  public void end(Reply<Boolean> reply) {
    // Whatever comes of it, nobody listens any more.
    inboxes.close(channel, () -> endInStore(reply));
  }

  private void endInStore(Reply<Boolean> reply) {
    shard.run(
        Script.END,
        List.of(shard.keys().sessions(), hash),
        List.of(who, secret, ATTENTION),
        answer -> {
          if (answer instanceof Long code && code == Answers.NOT_YOURS) {
            reply.failed(notYours());
          } else if (answer instanceof Long code && code == Answers.DEAD) {
            // Whatever it has left is swept with it.
            shard.bury(whoText, () -> reply.done(false), reply::failed);
          } else {
            Burial.of(shard, whoText, answer, () -> reply.done(true), reply::failed);
          }
        },
        reply::failed);
  }

  // ---- tickets

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    if (!ask.session().equals(id)) {
      reply.failed(refused("session " + id + " asks for " + ask.session()));
      return;
    }
    shard.sendReplicated(
        new OwnTicket(
            reply,
            Script.ENTER,
            List.of(shard.keys().sessions(), hash, shard.keys().line(name), shard.keys().floor()),
            EnterValues.of(secret, ask, onlyIfFree, shard.seen())) {
          @Override
          void unacknowledged(StoreException failure) {
            leave(
                name,
                ask.request(),
                0,
                new Reply<>() {
                  @Override
                  public void done(Boolean left) {
                    failed(failure);
                  }

                  @Override
                  public void failed(StoreException leaving) {
                    // The ticket may be there yet: the engine settles what is unknown.
                    unacknowledgedAndThere(failure);
                  }
                });
          }

          private void unacknowledgedAndThere(StoreException failure) {
            failed(
                new StoreException(
                    StoreException.Kind.UNKNOWN, String.valueOf(failure.getMessage()), failure));
          }
        });
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    shard.send(new Leave(reply, name, request, false));
  }

  @Override
  public void leaveUnawaited(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    shard.send(new Leave(reply, name, request, true));
  }

  @Override
  public boolean leavesAndEnters() {
    return true;
  }

  /** Two scripts that go out together. */
  @Override
  public void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    leaveUnawaited(name, request, number, left);
    enter(name, ask, false, entered);
  }

  /** One argument for two: each costs. */
  private byte[] secretAnd(RequestId request) {
    byte[] both = Arrays.copyOf(secret, secret.length + REQUEST_DIGITS);
    System.arraycopy(bytes(request.toString()), 0, both, secret.length, REQUEST_DIGITS);
    return both;
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    shard.send(
        new OwnTicket(
            reply,
            Script.WEAKEN,
            List.of(shard.keys().sessions(), hash, shard.keys().line(name)),
            List.of(
                who,
                secret,
                bytes(request.toString()),
                bytes(Integer.toString(weight)),
                bytes(Integer.toString(capacity)))));
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    shard.send(
        new OwnTicket(
            reply,
            Script.CHECK,
            List.of(shard.keys().sessions(), hash, shard.keys().line(name)),
            List.of(who, secret, bytes(request.toString()))));
  }

  // ---- what every answer may say

  private StoreException dead() {
    inboxes.close(channel, () -> {});
    return new StoreException(
        StoreException.Kind.SESSION_DEAD, "session " + id + " has ended in " + shard.description());
  }

  private StoreException notYours() {
    return refused("the secret is not that of session " + id);
  }

  private static StoreException refused(String what) {
    return new StoreException(StoreException.Kind.REFUSED, what);
  }

  /** A request of this session. */
  private abstract class Own<T> extends Request {

    private final Reply<T> reply;

    Own(Reply<T> reply, Script script, List<byte[]> keys, List<byte[]> values) {
      super(script, keys, values);
      this.reply = reply;
    }

    abstract T read(Object answer) throws StoreException;

    @Override
    final void answered(Object answer) {
      T value;
      try {
        if (answer instanceof Long code && code < 0) {
          throw code == Answers.DEAD ? dead() : notYours();
        }
        value = read(answer);
      } catch (StoreException e) {
        reply.failed(e);
        return;
      }
      reply.done(value);
    }

    @Override
    final void failed(StoreException failure) {
      reply.failed(failure);
    }
  }

  private final class Leave extends Own<Boolean> {

    private final boolean unawaited;

    Leave(Reply<Boolean> reply, LockName name, RequestId request, boolean unawaited) {
      super(
          reply, Script.LEAVE, List.of(hash, shard.keys().line(name)), List.of(secretAnd(request)));
      this.unawaited = unawaited;
    }

    @Override
    Boolean read(Object answer) {
      return answer.equals(1L);
    }

    @Override
    boolean maySetOutLater() {
      return unawaited;
    }
  }

  /** A request about a ticket of this session. */
  private class OwnTicket extends Own<TicketState> {

    OwnTicket(Reply<TicketState> reply, Script script, List<byte[]> keys, List<byte[]> values) {
      super(reply, script, keys, values);
    }

    @Override
    final TicketState read(Object answer) throws StoreException {
      TicketState state = Answers.state(answer);
      if (state instanceof TicketState.Granted granted) {
        shard.saw(granted.number());
      } else if (state instanceof TicketState.Waiting waiting) {
        shard.saw(waiting.number());
      }
      return state;
    }
  }
}
