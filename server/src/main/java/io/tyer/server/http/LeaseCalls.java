package io.tyer.server.http;

import io.tyer.line.LockName;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.spi.TicketState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is done with a lease that there is. */
final class LeaseCalls {

  /** What 'acquire' answers may be sent as it is. */
  static final List<String> NAMES =
      List.of("lease", "name", "token", "validMillis", "ttlMillis", "revoked");

  private static final String HEADER = "Tyer-Lease";

  private final Api api;

  LeaseCalls(Api api) {
    this.api = api;
  }

  /** A lease as the header has it. */
  static Optional<String> header(Call call) {
    return call.header(HEADER);
  }

  /** Gives a sign of life, and asks at once what there is: it may have been taken by force. */
  void renew(Call call, Buffer body) {
    Fields fields = Fields.parse(body, NAMES);
    check(fields);
    HttpLease lease = lease(call, fields);
    long sent = api.surroundings().nanoTime();
    Came.one(
        api,
        call,
        new Command.Attach(lease.session(), call.by()),
        outcome -> renewed(call, lease, sent, (Outcome.Attached) outcome));
  }

  private void renewed(Call call, HttpLease lease, long sent, Outcome.Attached attached) {
    Outcome.Held held =
        attached.tickets().stream()
            .filter(ticket -> ticket.request().equals(lease.request()))
            .findAny()
            .orElse(null);
    if (held == null) {
      if (attached.tickets().isEmpty()) {
        Acquiring.end(api, lease);
      }
      call.refuse(Problem.ended());
    } else if (held.granted()) {
      call.answer(
          new JsonObject()
              .put("name", held.name().text())
              .put("token", Tokens.of(held.number()))
              .put("validMillis", Validity.millis(call.cameIn(), sent, attached.ttlMillis()))
              .put("ttlMillis", attached.ttlMillis())
              // Its one ticket is there: nothing else can have been done to it.
              .put("revoked", attached.attention()));
    } else {
      call.refuse(
          new Problem(
              Problem.Type.STILL_WAITING,
              "the lease waits in line: repeat 'acquire' with it, which waits for the grant"));
    }
  }

  /** Ends the session, and asks just before what there is to give back. */
  void release(Call call, Buffer body) {
    Fields fields = Fields.parse(body, NAMES);
    check(fields);
    HttpLease lease = lease(call, fields);
    Came.of(
        api.group(),
        List.of(new Command.Attach(lease.session(), call.by()), new Command.End(lease.session())),
        api.executor(),
        came -> {
          if (came instanceof Came.Outcomes outcomes) {
            released(call, lease, outcomes.all().get(0), outcomes.all().get(1));
          } else if (came instanceof Came.Nothing nothing) {
            call.refuse(nothing);
          }
        });
  }

  private void released(Call call, HttpLease lease, Outcome before, Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)) {
      api.waits().released(lease.session());
      if (before instanceof Outcome.Attached attached && attached.tickets().isEmpty()) {
        // Taken by force: its session was there to be ended, and no more.
        call.refuse(Problem.notHeld());
      } else {
        call.answer(new JsonObject().put("released", true));
      }
    } else if (failed.why() == Outcome.Why.SESSION_DEAD) {
      call.refuse(Problem.notHeld());
    } else {
      call.refuse(failed);
    }
  }

  /** Asks how the ticket stands, and gives no sign of life. */
  void check(Call call, Buffer body) {
    Fields fields = Fields.parse(body, NAMES);
    check(fields);
    HttpLease lease = lease(call, fields);
    LockName name = name(fields);
    Came.one(
        api,
        call,
        new Command.Check(lease.session(), name, lease.request(), 0),
        outcome -> checked(call, ((Outcome.Ticket) outcome).state()));
  }

  private static void checked(Call call, TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      call.answer(
          new JsonObject()
              .put("granted", true)
              .put("revoked", granted.revoked())
              .put("token", Tokens.of(granted.number()))
              .put("behind", granted.behind()));
    } else if (state instanceof TicketState.Waiting waiting) {
      call.answer(
          new JsonObject()
              .put("granted", false)
              .put("revoked", false)
              .put("ahead", waiting.ahead()));
    } else {
      call.refuse(Problem.ended());
    }
  }

  /** By the body or the header; refused if these differ. */
  static Optional<HttpLease> lease(Fields fields, Optional<String> header) {
    Optional<String> text = fields.text("lease");
    if (text.isPresent() && header.isPresent() && !text.equals(header)) {
      throw Refusal.bad("the lease in the body and the one in the header Tyer-Lease differ");
    }
    return text.or(() -> header).map(HttpLease::parse);
  }

  private static HttpLease lease(Call call, Fields fields) {
    return lease(fields, header(call))
        .orElseThrow(
            () ->
                Refusal.bad(
                    "give the lease, as 'acquire' answered it: {\"lease\": \"...\"} in the body"
                        + " or the header Tyer-Lease"));
  }

  private static LockName name(Fields fields) {
    try {
      return LockName.of(
          fields.text("name").orElseThrow(() -> Refusal.bad("give the lock's name, too")));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is of no use here is of the right type, too. */
  private static void check(Fields fields) {
    var unused = fields.text("name");
    unused = fields.text("token");
    long unusedNumber = fields.number("validMillis", 0, Long.MAX_VALUE, 0);
    unusedNumber = fields.number("ttlMillis", 0, Long.MAX_VALUE, 0);
    fields.flag("revoked");
  }
}
