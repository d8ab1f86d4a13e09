package io.tyer.server.http;

import io.tyer.server.access.Right;
import io.tyer.server.state.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/** What watches over the server ask. */
final class HealthCalls {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Api api;
  private final Optional<Supplier<String>> metrics;

  HealthCalls(Api api, Optional<Supplier<String>> metrics) {
    this.api = api;
    this.metrics = metrics;
  }

  /** It answers: that is all there is to it. */
  static void health(Call call) {
    call.answer(new JsonObject().put("serving", true));
  }

  void ready(Call call) {
    if (api.group().hasLeader()) {
      call.answer(new JsonObject().put("ready", true).put("leading", api.group().leads()));
    } else {
      call.refuse(new Problem(Problem.Type.UNAVAILABLE, "this member knows no leader"));
    }
  }

  /** To whoever is let in without a token, or has the right. */
  void metrics(Call call, boolean open) {
    if (!open && !api.guard().may(call.by(), Right.METRICS)) {
      call.refuse(Outcome.Failed.forbidden(call.by(), Right.METRICS, ""));
    } else if (metrics.isPresent()) {
      call.answer(PROMETHEUS, metrics.get().get());
    } else {
      call.refuse(new Problem(Problem.Type.NOT_FOUND, "this server keeps no metrics"));
    }
  }
}
