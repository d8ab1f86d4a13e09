package io.tyer.server.http;

import io.vertx.core.json.JsonObject;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type of all problems, the same for those that a program treats alike
 * @param detail of this one, for people
 */
record Problem(Type type, String detail) {

  /** What a problem is, once for each thing that a client does about it. */
  enum Type {
    BAD_REQUEST(400, "The request is not right"),
    UNAUTHENTICATED(401, "An access token is wanted"),
    FORBIDDEN(403, "The access token has not the right"),
    NOT_FOUND(404, "There is no such path"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    TOO_SLOW(408, "The request took too long to come in"),
    OTHER_REQUEST(409, "The lease is that of another request"),
    STILL_WAITING(409, "The lease is not granted yet"),
    NOT_HELD(409, "There is no such lease to release"),
    SUPERSEDED(409, "A newer request has taken this one's place"),
    ENDED(410, "The lease has ended"),
    BODY_TOO_LONG(413, "The body is too long"),
    PATH_TOO_LONG(414, "The path is too long"),
    MEDIA_TYPE(415, "The body is to be JSON"),
    MISDIRECTED(421, "The server is not known by this name"),
    BUSY(423, "The lock is not free"),
    TOO_MUCH(429, "Too much at once"),
    HEADERS_TOO_LONG(431, "The headers are too long"),
    BROKEN(500, "The server has failed"),
    UNAVAILABLE(503, "This member cannot do it now"),
    UNKNOWN(504, "It may have been done, or may yet be");

    private final int status;
    private final String title;

    Type(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }

    /** By which programs tell one from another. */
    String urn() {
      return "urn:tyer:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** What is wrong with a request, and what would be right. */
  static Problem bad(String detail) {
    return new Problem(Type.BAD_REQUEST, detail);
  }

  /** For good: it has ended, was released, was taken by force, or never was. */
  static Problem ended() {
    return new Problem(
        Type.ENDED,
        "there is no such lease any more: it has ended, was released or was taken by force;"
            + " acquire with a new one");
  }

  /** It was not there to be released, so that somebody else may have held the lock meanwhile. */
  static Problem notHeld() {
    return new Problem(
        Type.NOT_HELD,
        "there is no such lease: it has ended, was taken by force, never was, or was released"
            + " before; after an answer that was lost, that is as good as released");
  }

  JsonObject json() {
    return new JsonObject()
        .put("type", type.urn())
        .put("title", type.title())
        .put("status", type.status())
        .put("detail", detail);
  }
}
