package io.tyer.server.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whether the dashboard, the alerts and the page on them speak of what a member really tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchedNamesTest {

  private static final Pattern NAME = Pattern.compile("\\b(tyer_server|jvm|process)_[a-z_]+");
  private static final Pattern LABELLED = Pattern.compile("(tyer_server_\\w+)\\{(\\w+)\\}");

  private String text = "";

  /** With what ends a sample's name behind each of them. */
  private Set<String> samples = Set.of();

  private Set<String> families = Set.of();

  @BeforeAll
  void scrape(@TempDir Path directory) throws IOException {
    try (TyerServer server =
        TyerServer.start(
            ServerConfig.local(directory, 0).withSecurity(new ClientSecurity.Plaintext()))) {
      // Pauses are told from the first one on.
      System.gc();
      text = server.metrics();
      long until = System.nanoTime() + 10_000_000_000L;
      while (!text.contains("jvm_gc_pause_seconds_sum") && System.nanoTime() < until) {
        Thread.onSpinWait();
        text = server.metrics();
      }
    }
    samples =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());
    families =
        text.lines()
            .filter(line -> line.startsWith("# TYPE tyer_server_"))
            .map(line -> line.split(" ", -1)[2])
            // Told beside each timer.
            .filter(family -> !family.endsWith("_max"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String file(String path) throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }

  private static Set<String> names(String in) {
    return NAME.matcher(in)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyMetricOfTheDashboardIsTold() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file("deploy/grafana-dashboard.json"))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("expr")) {
          assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
          expressions.add(json.getText());
        }
      }
    }
    assertThat(expressions).hasSizeGreaterThan(20).allMatch(one -> !names(one).isEmpty());
    assertThat(samples).containsAll(names(String.join("\n", expressions)));
  }

  @Test
  void theDashboardShowsAllThatIsTold() throws IOException {
    String dashboard = file("deploy/grafana-dashboard.json");
    assertThat(families).hasSizeGreaterThan(20).allMatch(dashboard::contains);
  }

  @Test
  void everyMetricOfTheAlertsIsTold() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> alerts =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(file("deploy/prometheus-alerts.yaml"));
    List<Map<String, Object>> rules =
        requireNonNull(requireNonNull(alerts.get("groups")).get(0).get("rules"));
    String page = file("docs/monitoring.md");
    assertThat(rules).hasSize(6);
    for (Map<String, Object> fields : rules) {
      String expression = String.valueOf(fields.get("expr"));
      assertThat(samples).as(expression).containsAll(names(expression));
      assertThat(page).contains("`" + fields.get("alert") + "`");
    }
  }

  @Test
  void thePageNamesWhatIsToldAndNothingElse() throws IOException {
    String page = file("docs/monitoring.md");
    assertThat(names(page)).containsAll(families);
    for (String name : names(page)) {
      assertThat(samples)
          .as(name)
          .anyMatch(sample -> sample.equals(name) || sample.equals(name + "_count"));
    }
    LABELLED
        .matcher(page)
        .results()
        .forEach(
            found -> {
              Pattern values =
                  Pattern.compile(found.group(1) + "\\{" + found.group(2) + "=\"(\\w+)\"");
              List<String> told =
                  values.matcher(text).results().map(value -> value.group(1)).toList();
              assertThat(told).isNotEmpty().allMatch(value -> page.contains("`" + value + "`"));
            });
  }

  @Test
  void labelsAreFew() {
    assertThat(text.lines().filter(line -> line.startsWith("tyer_server_"))).hasSizeLessThan(250);
  }
}
