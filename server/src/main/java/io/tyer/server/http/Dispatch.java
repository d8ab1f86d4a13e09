package io.tyer.server.http;

import io.tyer.line.LockName;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.Uncaught;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a request that is there as a whole, and hands it to what works on it. */
final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  /** Of which a request has one at most: of two, a proxy may have looked at the other. */
  private static final List<String> SINGLE = List.of("Authorization", "Content-Type", "Tyer-Lease");

  private final Api api;
  private final Hosts hosts;
  private final LeaseCalls leases;
  private final LineCalls lines;
  private final HealthCalls health;

  Dispatch(Api api, Hosts hosts, Optional<Supplier<String>> metrics) {
    this.api = api;
    this.hosts = hosts;
    this.leases = new LeaseCalls(api);
    this.lines = new LineCalls(api);
    this.health = new HealthCalls(api, metrics);
  }

  void take(HttpServerRequest request, Call call, Buffer body) {
    try {
      look(request, call, body);
    } catch (Refusal refused) {
      call.refuse(refused.problem());
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("A request has failed", e);
      call.broken();
    }
  }

  private void look(HttpServerRequest request, Call call, Buffer body) {
    hosts.check(request);
    for (String header : SINGLE) {
      if (request.headers().getAll(header).size() > 1) {
        throw Refusal.bad("the header '" + header + "' is there twice: send it once");
      }
    }
    if (request.getHeader("Origin") != null) {
      throw new Refusal(
          new Problem(
              Problem.Type.FORBIDDEN,
              "requests of web pages, with a header 'Origin', are refused"));
    }
    String path = String.valueOf(request.path());
    List<Route> routes = Route.at(path);
    Route route =
        routes.stream()
            .filter(one -> one.method().equals(request.method().name()))
            .findAny()
            .orElse(null);
    boolean open = route != null && route.isOfHealth() && isHere(request);
    if (!open && !admit(request, call)) {
      return;
    }
    if (routes.isEmpty()) {
      throw new Refusal(
          new Problem(Problem.Type.NOT_FOUND, "docs/http.md and docs/openapi.yaml list the paths"));
    }
    if (route == null) {
      String methods = Route.methods(routes);
      call.response().putHeader("Allow", methods);
      throw new Refusal(new Problem(Problem.Type.METHOD_NOT_ALLOWED, "it takes " + methods));
    }
    checkType(request, body);
    work(
        route,
        call,
        open,
        route.name(path),
        Query.parse(request.query(), route.parameters()),
        body);
  }

  private static boolean isHere(HttpServerRequest request) {
    for (String header : List.of("Forwarded", "X-Forwarded-For", "Via")) {
      if (request.getHeader(header) != null) {
        // A proxy on this machine asks for somebody elsewhere.
        return false;
      }
    }
    String address = request.remoteAddress().hostAddress();
    try {
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  /** Finds out under which token it is asked for; false, and it is answered, if under none. */
  private boolean admit(HttpServerRequest request, Call call) {
    Guard guard = api.guard();
    Guard.Verdict verdict =
        guard.admit(call.peer(), request.getHeader("Authorization"), api.group().leads());
    if (verdict instanceof Guard.Verdict.Elsewhere) {
      call.elsewhere();
      return false;
    }
    if (verdict instanceof Guard.Verdict.Refused refused) {
      call.refuse(new Problem(Problem.Type.UNAUTHENTICATED, refused.why()));
      return false;
    }
    call.by(((Guard.Verdict.Known) verdict).by());
    if (!guard.take(call.by(), api.surroundings().nanoTime())) {
      call.refuse(
          new Problem(
              Problem.Type.TOO_MUCH, "more requests a second than the quota of the token: wait"));
      return false;
    }
    return true;
  }

  private static void checkType(HttpServerRequest request, Buffer body) {
    if (body.length() == 0) {
      return;
    }
    String type = request.getHeader("Content-Type");
    int end = type == null ? -1 : type.indexOf(';');
    String essence = type == null ? "" : (end < 0 ? type : type.substring(0, end)).strip();
    if (!essence.equalsIgnoreCase("application/json")) {
      throw new Refusal(
          new Problem(Problem.Type.MEDIA_TYPE, "send the header 'Content-Type: application/json'"));
    }
  }

  /** Whether what was shown with a request still counts. */
  private BooleanSupplier admitted(Call call) {
    String header = call.header("Authorization").orElse(null);
    return () -> api.guard().admits(header);
  }

  private void work(
      Route route, Call call, boolean open, Optional<LockName> name, Query query, Buffer body) {
    switch (route) {
      case ACQUIRE -> {
        AcquireFields fields =
            AcquireFields.of(
                Fields.parse(body, AcquireFields.NAMES),
                LeaseCalls.header(call),
                "http " + call.peer(),
                api.limits());
        new Acquiring(api, call, name.orElseThrow(), fields, admitted(call)).begin();
      }
      case RENEW -> leases.renew(call, body);
      case RELEASE -> leases.release(call, body);
      case CHECK -> leases.check(call, body);
      case LIST -> lines.list(call, query);
      case LINE -> lines.line(call, name.orElseThrow());
      case FORCE -> lines.force(call, name.orElseThrow(), query);
      case WATCH -> {
        String prefix = LineCalls.part("prefix", query);
        new Watch(api, call, prefix, admitted(call)).begin();
      }
      case HEALTH -> HealthCalls.health(call);
      case READY -> health.ready(call);
      case METRICS -> health.metrics(call, open);
    }
  }
}
