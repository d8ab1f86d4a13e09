package io.tyer.server.http;

import io.tyer.line.LockName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that may be asked for, and nothing else. */
enum Route {
  ACQUIRE("POST", "/v1/locks/{name}/acquire", Set.of()),
  RENEW("POST", "/v1/leases/renew", Set.of()),
  RELEASE("POST", "/v1/leases/release", Set.of()),
  CHECK("POST", "/v1/leases/check", Set.of()),
  LIST("GET", "/v1/locks", Set.of("prefix", "after", "limit")),
  LINE("GET", "/v1/locks/{name}", Set.of()),
  FORCE("DELETE", "/v1/locks/{name}", Set.of("number", "now")),
  HEALTH("GET", "/healthz", Set.of()),
  READY("GET", "/readyz", Set.of()),
  METRICS("GET", "/metrics", Set.of());

  private static final String NAME = "{name}";

  private final String method;
  private final String template;

  @SuppressWarnings("ImmutableEnumChecker") // a List.of
  private final List<String> parts;

  @SuppressWarnings("ImmutableEnumChecker") // a Set.of
  private final Set<String> parameters;

  Route(String method, String template, Set<String> parameters) {
    this.method = method;
    this.template = template;
    this.parts = List.of(template.split("/", -1));
    this.parameters = parameters;
  }

  String method() {
    return method;
  }

  /** The path, with {@code {name}} where a lock's name is. */
  String template() {
    return template;
  }

  /** What its query may have. */
  Set<String> parameters() {
    return parameters;
  }

  /** Whether it tells how the server is, and nothing of locks. */
  boolean isOfHealth() {
    return this == HEALTH || this == READY || this == METRICS;
  }

  /** The routes of a path; more than one differ in their methods, none if there is no such path. */
  static List<Route> at(String path) {
    List<String> asked = List.of(path.split("/", -1));
    return Arrays.stream(values()).filter(route -> route.fits(asked)).toList();
  }

  /** The methods of these routes, as the header {@code Allow} has them. */
  static String methods(List<Route> routes) {
    return routes.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
  }

  private boolean fits(List<String> asked) {
    if (asked.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).equals(NAME) && !parts.get(i).equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The name in a path that fits; empty if this route has none.
   *
   * @throws Refusal if it is no lock's name
   */
  Optional<LockName> name(String path) {
    int at = parts.indexOf(NAME);
    if (at < 0) {
      return Optional.empty();
    }
    String encoded = List.of(path.split("/", -1)).get(at);
    try {
      return Optional.of(LockName.of(Percent.decode("the lock's name", encoded, false)));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()), e);
    }
  }
}
