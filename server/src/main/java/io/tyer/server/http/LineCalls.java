package io.tyer.server.http;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.server.access.Right;
import io.tyer.server.state.Bounds;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.spi.LineView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/** What operators ask of lines. */
final class LineCalls {

  private final Api api;

  LineCalls(Api api) {
    this.api = api;
  }

  /** Lines that may be read. */
  void list(Call call, Query query) {
    String prefix = part("prefix", query);
    String after = part("after", query);
    int limit =
        query
            .number("limit", 1, Bounds.MAX_LISTED_LINES)
            .map(Math::toIntExact)
            .orElse(Bounds.MAX_LISTED_LINES);
    Came.one(
        api,
        call,
        new Command.List(prefix, after, limit, call.by()),
        outcome -> {
          Outcome.Listed listed = (Outcome.Listed) outcome;
          JsonArray locks = new JsonArray();
          listed.lines().forEach(line -> locks.add(json(line)));
          call.answer(new JsonObject().put("locks", locks).put("more", listed.more()));
        });
  }

  /** A beginning of names has at most a name's length. */
  static String part(String what, Query query) {
    String text = query.text(what);
    if (text.isEmpty()) {
      return text;
    }
    try {
      return LockName.of(text).text();
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(what + ": " + e.getMessage(), e);
    }
  }

  /** One line; an empty one where nobody stands. */
  void line(Call call, LockName name) {
    if (!api.guard().may(call.by(), Right.READ, name)) {
      call.refuse(Outcome.Failed.forbidden(call.by(), Right.READ, name.text()));
      return;
    }
    // Of all names that begin like this one, it is the first.
    Came.one(
        api,
        call,
        new Command.List(name.text(), "", 1, call.by()),
        outcome -> call.answer(json(of(name, (Outcome.Listed) outcome))));
  }

  /** Takes a lock from whoever holds it, or one ticket. */
  void force(Call call, LockName name, Query query) {
    OptionalLong number =
        query
            .number("number", 1, Ticket.MAX_NUMBER)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty);
    boolean now = query.flag("now");
    Came.one(
        api,
        call,
        new Command.Revoke(name, number, now, call.by()),
        outcome -> {
          int count = ((Outcome.Revoked) outcome).count();
          api.guard().audit().revoked(call.peer(), call.by(), count, name.text(), now);
          call.answer(new JsonObject().put("revoked", count));
        });
  }

  /** The line with this name among those that were listed, perhaps an empty one. */
  static LineView of(LockName name, Outcome.Listed listed) {
    return listed.lines().stream()
        .filter(line -> line.name().equals(name))
        .findAny()
        .orElseGet(() -> new LineView(name, List.of(), List.of()));
  }

  static JsonObject json(LineView line) {
    JsonArray tickets = new JsonArray();
    for (int i = 0; i < line.tickets().size(); i++) {
      Ticket ticket = line.tickets().get(i);
      tickets.add(
          new JsonObject()
              .put("number", ticket.number())
              .put("token", Tokens.of(ticket.number()))
              .put("granted", line.granted().get(i))
              .put("mode", ticket.exclusive() ? "exclusive" : "shared")
              .put("weight", ticket.weight())
              .put("capacity", ticket.capacity())
              .put("owner", ticket.owner())
              .put("session", ticket.session().toString())
              .put("revoked", ticket.revoked())
              .put("sinceMillis", ticket.since()));
    }
    JsonObject json = new JsonObject().put("name", line.name().text()).put("tickets", tickets);
    return line.omitted() == 0 ? json : json.put("omitted", line.omitted());
  }
}
