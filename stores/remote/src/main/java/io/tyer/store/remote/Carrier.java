package io.tyer.store.remote;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.spi.Cancellable;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.network.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leader for a session, keeps a stream to it, and finds it again when the stream breaks.
 * All of it happens in the session's {@link Serial}.
 */
final class Carrier implements SessionStream.Owner {

  /** A stream that is lost sooner than this after it was taken up is not replaced at once. */
  private static final long FOR_GOOD_NANOS = 1_000_000_000;

  /** For how long it is believed that no server can be reached. */
  private static final long MOMENT_NANOS = 25_000_000;

  /** What is carried. */
  interface Cargo {
    /** Whether there is still something to be carried. */
    boolean wantsStream();

    /** A server is reached: says who we are. */
    void introduce(SessionStream stream);

    /**
     * A stream is gone.
     *
     * @param turnedAway whether the server has said that it does nothing of what it was sent
     */
    void lost(SessionStream stream, boolean turnedAway);

    /** No server can be reached: all of them were tried. */
    void nobodyThere(StoreException why, After after);

    void received(SessionStream stream, ServerMessage message, After after);
  }

  private final Links links;
  private final Serial serial;
  private final Cargo cargo;
  private final Route route;

  private @Nullable SessionStream stream;
  private boolean introduced;
  private boolean attached;
  private long attachedAt;
  private @Nullable Cancellable attempt;
  private @Nullable Cancellable pause;
  private @Nullable StoreException nobody;
  private long pausedAt;
  private boolean stopped;

  Carrier(Links links, Serial serial, Cargo cargo) {
    this.links = links;
    this.serial = serial;
    this.cargo = cargo;
    this.route = new Route(links.members());
  }

  /** The stream on which the session is, if it is on any. */
  @Nullable SessionStream attached() {
    return attached ? stream : null;
  }

  /** Whether this is the stream that is used, or will be. */
  boolean isOn(SessionStream one) {
    return stream == one;
  }

  /**
   * Looks for the leader, unless that is under way. Where nobody was there a moment ago, nobody is;
   * later than that, whoever asks ends the pause.
   */
  void need(After after) {
    if (stream != null) {
      return;
    }
    StoreException absent = nobody;
    if (pause != null && absent != null) {
      if (links.now() - pausedAt < MOMENT_NANOS) {
        cargo.nobodyThere(absent, after);
        return;
      }
      pause.cancel();
      pause = null;
    }
    if (pause == null) {
      connect(after);
    }
  }

  private void connect(After after) {
    if (stopped || !cargo.wantsStream()) {
      return;
    }
    HostPort server = route.next();
    ManagedChannel channel = server == null ? null : links.channels().to(server);
    if (server == null || channel == null) {
      pause(after);
      return;
    }
    SessionStream open = new SessionStream(server, channel, this);
    stream = open;
    introduced = false;
    attempt = serial.later(links.attemptNanos(route.rounds()), then -> tooLong(open, then));
    open.start(links.credential());
  }

  private void pause(After after) {
    StoreException absent = route.nobodyThere();
    nobody = absent;
    pausedAt = links.now();
    if (absent != null) {
      cargo.nobodyThere(absent, after);
    }
    if (!stopped && pause == null && stream == null) {
      pause = serial.later(links.jittered(route.pauseNanos()), this::pauseIsOver);
    }
  }

  private void pauseIsOver(After after) {
    pause = null;
    need(after);
  }

  @Override
  public void ready(SessionStream open) {
    serial.happen(
        after -> {
          if (stream == open && !introduced) {
            introduced = true;
            disarm();
            attempt = serial.later(links.silenceNanos(route.rounds()), then -> tooLong(open, then));
            cargo.introduce(open);
          }
        });
  }

  /**
   * The server has taken the session up.
   *
   * @return false if that is old news
   */
  boolean attached(SessionStream open) {
    if (stream != open || attached) {
      return false;
    }
    attached = true;
    attachedAt = links.now();
    disarm();
    route.arrived(open.server());
    return true;
  }

  // ---- the end of a stream

  private void tooLong(SessionStream open, After after) {
    if (stream == open && !attached) {
      giveUp(open, after);
    }
  }

  /** The server is silent: another way is tried, by another connection. */
  void giveUp(SessionStream open, After after) {
    if (stream != open) {
      return;
    }
    links.channels().retire(open.server(), open.channel());
    open.cancel();
    StoreException why =
        introduced
            ? null
            : Failures.unreachable(open.server().toString(), "no answer in time", null);
    lost(open, why, after);
  }

  /** The server cannot take the session up now. */
  void leave(SessionStream open, After after) {
    if (stream == open) {
      open.cancel();
      lost(open, null, after);
    }
  }

  @Override
  public void ended(SessionStream open, Status status, Metadata trailers) {
    serial.happen(
        after -> {
          String leader = trailers.get(Headers.LEADER);
          if (stream == open && leader != null && !attached) {
            // It knows no such token, and does not lead.
            redirected(open, leader, after);
          } else if (stream == open) {
            StoreException why = Failures.of(open.server(), status, links.address());
            if (status.getCode() == Status.Code.UNAVAILABLE) {
              links.channels().retire(open.server(), open.channel());
            }
            if (status.getCode() == Status.Code.UNAUTHENTICATED) {
              sentAway(open, why, after);
            } else {
              lost(open, introduced && why.kind() != Kind.REFUSED ? null : why, after);
            }
          }
        });
  }

  /**
   * Goes on without this stream.
   *
   * @param failure why the server could not be asked at all; null if it could
   */
  private void lost(SessionStream open, @Nullable StoreException failure, After after) {
    boolean fleeting = attached && links.now() - attachedAt < FOR_GOOD_NANOS;
    detach();
    cargo.lost(open, false);
    if (failure == null) {
      route.disappointed(open.server());
    } else {
      route.failed(open.server(), failure);
    }
    if (fleeting) {
      pause(after);
    } else {
      connect(after);
    }
  }

  /**
   * No member takes this token; they look at nothing on a stream without one that counts. Tried
   * again after a pause: there may be another token then.
   */
  private void sentAway(SessionStream open, StoreException why, After after) {
    boolean turnedAway = !attached;
    detach();
    cargo.lost(open, turnedAway);
    route.failed(open.server(), why);
    cargo.nobodyThere(why, after);
    pause(after);
  }

  private void redirected(SessionStream open, String leader, After after) {
    boolean turnedAway = !attached;
    detach();
    open.cancel();
    cargo.lost(open, turnedAway);
    route.disappointed(open.server());
    route.redirected(links.members().hint(leader));
    connect(after);
  }

  private void detach() {
    stream = null;
    attached = false;
    disarm();
  }

  private void disarm() {
    if (attempt != null) {
      attempt.cancel();
      attempt = null;
    }
  }

  @Override
  public void received(SessionStream open, ServerMessage message) {
    serial.happen(
        after -> {
          receivedOne(open, message, after);
          for (ServerMessage more : message.getMoreList()) {
            receivedOne(open, more, after);
          }
        });
  }

  private void receivedOne(SessionStream open, ServerMessage message, After after) {
    if (!message.hasRedirect()) {
      cargo.received(open, message, after);
    } else if (stream == open) {
      redirected(open, message.getRedirect().getLeader(), after);
    }
  }

  /** Carries nothing until it is needed again. */
  void rest() {
    SessionStream open = stream;
    detach();
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
    if (open != null) {
      open.cancel();
    }
  }

  /** Carries nothing any more. */
  void stop() {
    stopped = true;
    rest();
  }
}
