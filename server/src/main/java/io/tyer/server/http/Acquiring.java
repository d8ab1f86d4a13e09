package io.tyer.server.http;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.server.state.Command;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import io.tyer.spi.Cancellable;
import io.tyer.spi.TicketState;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A request that acquires, until it is answered. While it waits in line the server gives the
 * lease's signs of life; when its client goes, nobody does any more, so that the place is kept for
 * as long as the TTL, for the client to ask again.
 */
final class Acquiring {

  /** Signs of life in the time of one TTL. */
  private static final int BEATS_PER_TTL = 3;

  /** And this often at least, since each asks for the ticket, too: what was told may be lost. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The first and only numbered command of the session: asked again, it is answered as before. */
  private static final Command.Place PLACE = new Command.Place(1, 0);

  private final Api api;
  private final Call call;
  private final LockName name;
  private final AcquireFields fields;
  private final BooleanSupplier admitted;
  private final HttpLease lease;

  private long ttlMillis;

  /** When the sign of life was sent that was acknowledged last. */
  private long proved;

  private boolean counted;
  private boolean waiting;
  private boolean over;
  private Cancellable beat = () -> {};
  private Cancellable end = () -> {};

  /**
   * One that acquires.
   *
   * @param admitted whether the token that it showed still counts
   */
  Acquiring(Api api, Call call, LockName name, AcquireFields fields, BooleanSupplier admitted) {
    this.admitted = admitted;
    this.api = api;
    this.call = call;
    this.name = name;
    this.fields = fields;
    this.lease = fields.lease().orElseGet(() -> HttpLease.random(api.surroundings()));
    this.ttlMillis = fields.ttlMillis();
  }

  void begin() {
    if (fields.waitMillis() > 0) {
      counted = api.waits().share().take(call.whose());
      if (!counted) {
        call.refuse(
            new Problem(
                Problem.Type.TOO_MUCH,
                "as many requests wait as may: wait for fewer locks at once, or come back later"));
        return;
      }
    }
    call.whenGone(this::finish);
    // Before anything is submitted: a grant may be told before the answer.
    api.waits().add(lease.session(), this);
    proved = now();
    Ask ask =
        new Ask(
            lease.session(),
            lease.request(),
            fields.owner(),
            fields.exclusive(),
            fields.weight(),
            fields.capacity(),
            false);
    submit(
        List.of(
            new Command.Open(lease.session(), fields.ttlMillis(), fields.owner(), call.by()),
            new Command.Attach(lease.session(), call.by()),
            new Command.Enter(PLACE, name, ask, fields.waitMillis() == 0)),
        this::entered);
  }

  private void entered(List<Outcome> outcomes) {
    if (over) {
      // Of a lease that its client knows, nothing is ended: a newer request may go on with it.
      if (fields.lease().isEmpty()) {
        end(api, lease);
      }
      return;
    }
    Outcome open = outcomes.get(0);
    if (outcomes.get(1) instanceof Outcome.Attached attached) {
      ttlMillis = attached.ttlMillis();
      if (open instanceof Outcome.Failed && !holds(attached)) {
        other(attached);
      } else if (!attached.tickets().isEmpty()) {
        again(attached.tickets().get(0));
      } else {
        first(outcomes.get(2));
      }
      return;
    }
    Outcome.Failed attach = (Outcome.Failed) outcomes.get(1);
    // If it was opened in vain, that says why.
    refuse(
        attach.why() == Outcome.Why.SESSION_DEAD && open instanceof Outcome.Failed why
            ? why
            : attach);
  }

  /** Whether what the session has is what is asked for. */
  private boolean holds(Outcome.Attached attached) {
    return attached.tickets().size() == 1
        && attached.tickets().get(0).request().equals(lease.request())
        && attached.tickets().get(0).name().equals(name)
        && attached.tickets().get(0).exclusive() == fields.exclusive()
        && attached.tickets().get(0).weight() == fields.weight()
        && attached.tickets().get(0).capacity() == fields.capacity();
  }

  /** The session was in use before, and not for this. */
  private void other(Outcome.Attached attached) {
    if (attached.tickets().isEmpty()) {
      endThen(Problem.ended());
    } else {
      refuse(
          new Problem(
              Problem.Type.OTHER_REQUEST,
              "this lease is of another request: take a new one for each lock"));
    }
  }

  /** The request was sent before, and has its ticket. */
  private void again(Outcome.Held held) {
    if (held.granted()) {
      grant(held.number());
    } else {
      stand();
    }
  }

  private void first(Outcome entered) {
    if (entered instanceof Outcome.Failed failed) {
      refuse(failed);
      end(api, lease);
      return;
    }
    TicketState state = ((Outcome.Ticket) entered).state();
    if (state instanceof TicketState.Granted granted) {
      grant(granted.number());
    } else if (state instanceof TicketState.Waiting) {
      stand();
    } else {
      endThen(busy("the lock is held, or others wait for it"));
    }
  }

  /** Ends what there is, whatever comes of it: it would end by itself. */
  static void end(Api api, HttpLease lease) {
    Came.of(api.group(), List.of(new Command.End(lease.session())), api.executor(), came -> {});
  }

  private static Problem busy(String why) {
    return new Problem(Problem.Type.BUSY, why + "; nothing was left behind");
  }

  /** It waits, from now on or again. */
  private void stand() {
    long left = call.cameIn() + TimeUnit.MILLISECONDS.toNanos(fields.waitMillis()) - now();
    if (left <= 0) {
      timeIsUp();
      return;
    }
    waiting = true;
    end = api.later(left, this::timeIsUp);
    beatLater();
  }

  private void beatLater() {
    long pause =
        Math.min(TimeUnit.MILLISECONDS.toNanos(ttlMillis) / BEATS_PER_TTL, LONGEST_PAUSE_NANOS);
    beat = api.later(pause, this::beat);
  }

  /** Gives a sign of life, and asks for the ticket: what was told may have been lost. */
  private void beat() {
    if (over || !waiting || !mayGoOn()) {
      return;
    }
    beat.cancel();
    long sent = now();
    beatLater();
    Came.of(
        api.group(),
        List.of(
            new Command.Beat(lease.session()),
            new Command.Check(lease.session(), name, lease.request(), 0)),
        api.executor(),
        came -> {
          if (came instanceof Came.Outcomes outcomes && !over && waiting) {
            beaten(sent, outcomes.all());
          }
        });
  }

  /** Gives the place back, and says so, if the token counts no more that it was asked for with. */
  boolean mayGoOn() {
    if (over || admitted.getAsBoolean()) {
      return !over;
    }
    endThen(
        new Problem(
            Problem.Type.UNAUTHENTICATED,
            "the access token that this was asked for with counts no more"));
    return false;
  }

  private void beaten(long sent, List<Outcome> outcomes) {
    if (outcomes.get(0) instanceof Outcome.Failed failed) {
      refuse(failed);
      // Its token counts no more, perhaps: then it is not to stand in others' way for its TTL.
      end(api, lease);
      return;
    }
    if (sent - proved > 0) {
      proved = sent;
    }
    if (outcomes.get(1) instanceof Outcome.Ticket ticket) {
      if (ticket.state() instanceof TicketState.Granted granted) {
        grant(granted.number());
      } else if (ticket.state() instanceof TicketState.Gone) {
        endThen(Problem.ended());
      }
    }
  }

  /** Something was told about the session. */
  void told(Notice notice) {
    if (over || !waiting) {
      return;
    }
    if (notice instanceof Notice.Granted granted && granted.request().equals(lease.request())) {
      grant(granted.number());
    } else if (notice instanceof Notice.Ended) {
      ended();
    } else {
      beat();
    }
  }

  private void grant(long number) {
    if (over) {
      return;
    }
    long valid = Validity.millis(call.cameIn(), proved, ttlMillis);
    long passed = TimeUnit.NANOSECONDS.toMillis(now() - call.cameIn());
    if (valid - passed < ttlMillis / BEATS_PER_TTL) {
      // Too little is left to be of use: only with the next sign of life, which is due.
      if (!waiting) {
        waiting = true;
        end = api.later(TimeUnit.MILLISECONDS.toNanos(ttlMillis), this::timeIsUp);
      }
      beat();
      return;
    }
    finish();
    call.answer(
        new JsonObject()
            .put("lease", lease.reveal())
            .put("name", name.text())
            .put("token", Tokens.of(number))
            .put("validMillis", valid)
            .put("ttlMillis", ttlMillis));
  }

  private void timeIsUp() {
    endThen(busy("the lock was not free in time"));
  }

  /** Gives back what there is, so that nobody stands behind it, and answers then. */
  private void endThen(Problem problem) {
    if (over) {
      return;
    }
    finish();
    Came.of(
        api.group(),
        List.of(new Command.End(lease.session())),
        api.executor(),
        came -> {
          if (came instanceof Came.Nothing nothing) {
            call.refuse(nothing);
          } else {
            call.refuse(problem);
          }
        });
  }

  void ended() {
    if (!over) {
      finish();
      call.refuse(Problem.ended());
    }
  }

  void superseded() {
    if (!over) {
      finish();
      call.refuse(
          new Problem(
              Problem.Type.SUPERSEDED, "a newer request with the same lease waits in its place"));
    }
  }

  void leadLost() {
    if (!over) {
      finish();
      call.elsewhere();
    }
  }

  private void refuse(Problem problem) {
    if (!over) {
      finish();
      call.refuse(problem);
    }
  }

  private void refuse(Outcome.Failed failed) {
    if (!over) {
      finish();
      call.refuse(failed);
    }
  }

  /** Submits commands; if there is no outcome, the client is told so. */
  private void submit(List<Command> commands, Consumer<List<Outcome>> then) {
    Came.of(
        api.group(),
        commands,
        api.executor(),
        came -> {
          if (came instanceof Came.Outcomes outcomes) {
            then.accept(outcomes.all());
          } else if (!over && came instanceof Came.Nothing nothing) {
            finish();
            call.refuse(nothing);
          }
        });
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    beat.cancel();
    end.cancel();
    api.waits().remove(lease.session(), this);
    if (counted) {
      api.waits().share().give(call.whose());
    }
  }

  private long now() {
    return api.surroundings().nanoTime();
  }
}
