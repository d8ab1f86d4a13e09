package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.guard.Guard;
import io.tyer.server.http.HttpHouse.Reply;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** The description for programs, {@code docs/openapi.yaml}, says what the server does. */
@Timeout(180)
@SuppressWarnings("unchecked")
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private Map<String, Object> api;

  @BeforeEach
  void read() throws Exception {
    api = new Yaml().load(Files.readString(Path.of("..", "docs", "openapi.yaml")));
  }

  private static Map<String, Object> in(Map<String, Object> from, String... path) {
    Map<String, Object> at = from;
    for (String part : path) {
      Object next = at.get(part);
      assertThat(next).as("%s in %s", part, at.keySet()).isInstanceOf(Map.class);
      at = (Map<String, Object>) next;
    }
    return at;
  }

  /** What is meant, where something is referred to. */
  private Map<String, Object> meant(Map<String, Object> one) {
    Object reference = one.get("$ref");
    return reference == null ? one : in(api, reference.toString().replace("#/", "").split("/"));
  }

  private Map<String, Object> operation(Route route) {
    return in(api, "paths", route.template(), route.method().toLowerCase(Locale.ROOT));
  }

  private List<Map<String, Object>> parameters(Route route) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Map<String, Object> from : List.of(in(api, "paths", route.template()), operation(route))) {
      List<Map<String, Object>> some =
          (List<Map<String, Object>>) from.getOrDefault("parameters", List.of());
      some.forEach(one -> found.add(meant(one)));
    }
    return found;
  }

  private Set<String> parameters(Route route, String place) {
    return parameters(route).stream()
        .filter(one -> place.equals(one.get("in")))
        .map(one -> String.valueOf(one.get("name")))
        .collect(Collectors.toSet());
  }

  private Optional<Map<String, Object>> body(Route route) {
    Object body = operation(route).get("requestBody");
    return body == null
        ? Optional.empty()
        : Optional.of(in(meant((Map<String, Object>) body), "content", "application/json"));
  }

  @Test
  void itHasEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    in(api, "paths")
        .forEach(
            (path, item) ->
                ((Map<String, Object>) item)
                    .keySet().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + path)));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Route.values()).map(route -> route.method() + route.template()).toList());
  }

  @Test
  void itHasEveryFieldThatIsTakenAndNoOther() {
    for (Route route : Route.values()) {
      assertThat(parameters(route, "query")).as("%s", route).isEqualTo(route.parameters());
      assertThat(parameters(route, "path"))
          .isEqualTo(route.template().contains("{name}") ? Set.of("name") : Set.of());
      List<String> taken =
          switch (route) {
            case ACQUIRE -> AcquireFields.NAMES;
            case RENEW, RELEASE, CHECK -> LeaseCalls.NAMES;
            default -> List.of();
          };
      assertThat(
              body(route).map(body -> in(body, "schema", "properties").keySet()).orElse(Set.of()))
          .as("%s", route)
          .containsExactlyInAnyOrderElementsOf(taken);
    }
  }

  @Test
  void itHasEveryProblemAndSoHasThePage() throws Exception {
    List<String> types = Arrays.stream(Problem.Type.values()).map(Problem.Type::urn).toList();
    List<String> described =
        (List<String>)
            in(api, "components", "schemas", "Problem", "properties", "type").get("enum");
    assertThat(described).containsExactlyInAnyOrderElementsOf(types);
    String page = Files.readString(Path.of("..", "docs", "http.md"));
    for (Problem.Type type : Problem.Type.values()) {
      assertThat(page.lines())
          .as("%s", type)
          .anyMatch(
              line ->
                  line.startsWith("| ")
                      && line.contains(String.valueOf(type.status()))
                      && line.contains("`" + type.urn().substring(17) + "`"));
    }
    for (Route route : Route.values()) {
      assertThat(page).contains(route.template());
    }
  }

  @Test
  void everyExampleIsTakenAndAnsweredAsItSays() throws Exception {
    Set<Route> tried = new HashSet<>();
    for (Route route : Route.values()) {
      List<Optional<JsonObject>> bodies = new ArrayList<>();
      body(route)
          .ifPresent(
              body ->
                  in(body, "examples")
                      .values()
                      .forEach(
                          example ->
                              bodies.add(
                                  Optional.of(
                                      new JsonObject(
                                          in((Map<String, Object>) example, "value"))))));
      if (bodies.isEmpty()) {
        bodies.add(Optional.empty());
      }
      for (Optional<JsonObject> body : bodies) {
        if (route != Route.WATCH) {
          take(route, body);
        }
        tried.add(route);
      }
    }
    assertThat(tried).containsExactlyInAnyOrder(Route.values());
  }

  private void take(Route route, Optional<JsonObject> body) throws Exception {
    try (HttpHouse house =
        new HttpHouse(HttpLimits.DEFAULT, Guard.none(), Optional.of(() -> "tyer_up 1\n"))) {
      // Something that there is, by the examples' lease.
      if (route != Route.ACQUIRE) {
        JsonObject held = new JsonObject().put("lease", "0af7651916cd43dd8448eb211c80319c");
        assertThat(house.acquire("orders%2F42", held).status()).isEqualTo(200);
      }
      String query =
          parameters(route).stream()
              .filter(one -> "query".equals(one.get("in")))
              .map(one -> one.get("name") + "=" + one.get("example"))
              .collect(Collectors.joining("&"));
      String path = route.template().replace("{name}", "orders%2F42");
      HttpRequest.Builder request = house.to(query.isEmpty() ? path : path + "?" + query);
      body.ifPresentOrElse(
          json -> HttpHouse.json(request, json),
          () -> request.method(route.method(), BodyPublishers.noBody()));
      Reply reply = house.send(request);
      assertThat(reply.status()).as("%s %s: %s", route, body, reply.json()).isEqualTo(200);
      Map<String, Object> content = in(operation(route), "responses", "200", "content");
      String type = reply.http().headers().firstValue("Content-Type").orElseThrow();
      assertThat(content.keySet()).anyMatch(type::startsWith);
      if (type.equals("application/json")) {
        fits(reply.json(), in(content, "application/json", "schema"));
      }
    }
  }

  /** Every field is described, and what is required is there; all the way down. */
  private void fits(JsonObject json, Map<String, Object> reference) {
    Map<String, Object> schema = meant(reference);
    Map<String, Object> properties = in(schema, "properties");
    assertThat(properties.keySet()).containsAll(json.fieldNames());
    assertThat(json.fieldNames()).containsAll((List<String>) schema.get("required"));
    for (String field : json.fieldNames()) {
      Map<String, Object> property = meant(in(properties, field));
      Object value = json.getValue(field);
      Class<?> type =
          switch (String.valueOf(property.get("type"))) {
            case "string" -> String.class;
            case "integer" -> Number.class;
            case "boolean" -> Boolean.class;
            default -> Object.class;
          };
      assertThat(value).as(field).isInstanceOf(type);
      if ("array".equals(property.get("type"))) {
        json.getJsonArray(field).forEach(item -> fits((JsonObject) item, in(property, "items")));
      }
    }
  }
}
