package io.tyer.server.http;

import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.Unread;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One request, and its one answer. For the thread of its connection. */
final class Call {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private final HttpServerRequest request;
  private final Group group;
  private final Guard guard;
  private final long cameIn;
  private final String peer;
  private final Unread.Of unread;
  private TokenId by = TokenId.NONE;
  private Runnable whenGone = () -> {};
  private boolean over;

  /**
   * A request.
   *
   * @param cameIn when its head was there
   * @param peer the subject of the client's certificate, or its address where there is none
   * @param unread of all clients together
   */
  Call(
      HttpServerRequest request,
      Group group,
      Guard guard,
      long cameIn,
      String peer,
      Unread unread) {
    this.request = request;
    this.group = group;
    this.guard = guard;
    this.cameIn = cameIn;
    this.peer = peer;
    this.unread = unread.new Of(() -> Cut.off(request.connection()));
  }

  long cameIn() {
    return cameIn;
  }

  String peer() {
    return peer;
  }

  TokenId by() {
    return by;
  }

  /** Whose it is, where things are counted. */
  String whose() {
    return by.isNone() ? peer : by.toString();
  }

  void by(TokenId token) {
    by = token;
  }

  /** The header, if it is there. */
  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** Runs this if the client goes before it is answered. */
  void whenGone(Runnable task) {
    whenGone = task;
  }

  /** Whether it was answered, or its client has gone. */
  boolean isOver() {
    return over;
  }

  /** The client has gone. */
  void gone() {
    if (!over) {
      over = true;
      whenGone.run();
    }
  }

  /** The server has failed at it. */
  void broken() {
    whenGone.run();
    refuse(new Problem(Problem.Type.BROKEN, "the server has failed; its log says how"));
  }

  HttpServerResponse response() {
    return request.response();
  }

  void answer(JsonObject json) {
    send(200, JSON, json.toBuffer());
  }

  void answer(String type, String text) {
    send(200, type, Buffer.buffer(text));
  }

  void refuse(Problem problem) {
    if (over) {
      return;
    }
    if (problem.type() == Problem.Type.UNAUTHENTICATED) {
      // Whoever shows no token keeps no connection.
      response().putHeader("WWW-Authenticate", "Bearer").putHeader("Connection", "close");
    } else if (problem.type() == Problem.Type.UNAVAILABLE
        || problem.type() == Problem.Type.TOO_MUCH) {
      response().putHeader("Retry-After", "1");
    }
    send(problem.type().status(), PROBLEM, problem.json().toBuffer());
  }

  /** The same, and writes down who was refused what, if that was for want of a token or right. */
  void refuse(Outcome.Failed failed) {
    guard.audit().refused(peer, by, failed);
    refuse(
        switch (failed.why()) {
          case NOT_KNOWN -> new Problem(Problem.Type.UNAUTHENTICATED, failed.message());
          case FORBIDDEN -> new Problem(Problem.Type.FORBIDDEN, failed.message());
          case SESSION_DEAD -> Problem.ended();
          // All that can be wrong with the request itself was looked at before.
          case REFUSED, SETTLED -> new Problem(Problem.Type.TOO_MUCH, failed.message());
        });
  }

  /** Says why there is no outcome, or who can do it. */
  void refuse(Came.Nothing nothing) {
    if (nothing.failure() == Replica.Failure.NOT_LEADING) {
      elsewhere();
    } else if (nothing.failure() == Replica.Failure.BUSY) {
      refuse(new Problem(Problem.Type.UNAVAILABLE, nothing.message() + ": come back later"));
    } else {
      refuse(
          new Problem(
              Problem.Type.UNKNOWN,
              "it may have been done, or may yet be: repeat the request with the same lease ("
                  + nothing.message()
                  + ")"));
    }
  }

  /** Sends the client to the leader. */
  void elsewhere() {
    Optional<String> leader = group.elsewhere();
    if (over) {
      return;
    }
    if (leader.isEmpty()) {
      refuse(
          new Problem(
              Problem.Type.UNAVAILABLE,
              "this member does not lead, and knows nobody over HTTP who does: come back later, or"
                  + " ask another member"));
      return;
    }
    String query = request.query();
    response()
        .putHeader(
            "Location",
            (request.isSSL() ? "https://" : "http://")
                + leader.get()
                + request.path()
                + (query == null ? "" : "?" + query));
    send(
        307,
        PROBLEM,
        new Problem(Problem.Type.UNAVAILABLE, "this member does not lead: ask the one that does")
            .json()
            .put("status", 307)
            .toBuffer());
  }

  /** Begins an answer that has no end of its own. */
  void stream(String type) {
    HttpServerResponse response =
        response()
            .setChunked(true)
            .putHeader("Connection", "close")
            .putHeader("Content-Type", type)
            .putHeader("Cache-Control", "no-store")
            .putHeader("X-Content-Type-Options", "nosniff");
    var unused = response.writeHead();
  }

  /**
   * Writes more of it, unless it was dropped; then is run when its client has read this, or gone.
   */
  void write(String text, Runnable then) {
    Buffer buffer = Buffer.buffer(text);
    if (unread.write(buffer.length())) {
      var unused =
          response()
              .write(buffer)
              .onComplete(
                  written -> {
                    unread.clear();
                    then.run();
                  });
    }
  }

  /** Ends it, and its connection: there are few such answers, and long ones. */
  void end() {
    if (!over) {
      over = true;
      var unused = response().end().onComplete(ended -> request.connection().close());
    }
  }

  /** Ends it without sending what is not sent yet. */
  void drop() {
    over = true;
    Cut.off(request.connection());
  }

  private void send(int status, String type, Buffer body) {
    HttpServerResponse response = request.response();
    if (over) {
      return;
    }
    over = true;
    if (response.ended() || response.closed()) {
      return;
    }
    if (!unread.write(body.length())) {
      return;
    }
    var unused =
        response
            .setStatusCode(status)
            .putHeader("Content-Type", type)
            .putHeader("Cache-Control", "no-store")
            .putHeader("X-Content-Type-Options", "nosniff")
            .end(body)
            .onComplete(read -> unread.end());
  }
}
