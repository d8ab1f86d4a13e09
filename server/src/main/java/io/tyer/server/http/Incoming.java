package io.tyer.server.http;

import io.tyer.spi.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** The body of a request that comes in. */
final class Incoming {

  /** What is too long is read on for so much, so that the client gets to its answer. */
  private static final int READ_ON_BYTES = 1 << 20;

  private final Api api;
  private final HttpServerRequest request;
  private final Call call;
  private final Consumer<Buffer> then;
  private final Buffer body = Buffer.buffer();
  private Cancellable timer = () -> {};
  private long dropped;

  Incoming(Api api, HttpServerRequest request, Call call, Consumer<Buffer> then) {
    this.api = api;
    this.request = request;
    this.call = call;
    this.then = then;
  }

  void begin() {
    timer = api.later(api.limits().requestIn().toNanos(), this::tooSlow);
    request.exceptionHandler(broken -> timer.cancel());
    request.handler(this::read);
    request.endHandler(
        end -> {
          timer.cancel();
          if (call.isOver()) {
            close();
          } else {
            then.accept(body);
          }
        });
  }

  private void read(Buffer part) {
    if (call.isOver()) {
      dropped += part.length();
      if (dropped > READ_ON_BYTES) {
        close();
      }
      return;
    }
    if (body.length() + part.length() > api.limits().bodyBytes()) {
      refuse(
          new Problem(
              Problem.Type.BODY_TOO_LONG,
              "a body has at most " + api.limits().bodyBytes() + " bytes"));
      return;
    }
    body.appendBuffer(part);
  }

  private void tooSlow() {
    if (call.isOver()) {
      close();
    } else {
      refuse(
          new Problem(
              Problem.Type.TOO_SLOW,
              "a request comes in within " + api.limits().requestIn().toMillis() + " ms"));
      close();
    }
  }

  private void refuse(Problem problem) {
    call.response().putHeader("Connection", "close");
    call.refuse(problem);
  }

  private void close() {
    timer.cancel();
    var unused = request.connection().close();
  }
}
