package io.tyer.server.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Parsed;
import io.tyer.command.ServerSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whether what stands in {@code deploy} fits the program and itself. */
class DeployFilesTest {

  static final Path DEPLOY = Path.of("..", "deploy");

  private static String file(String name) throws IOException {
    return Files.readString(DEPLOY.resolve(name));
  }

  private static List<Object> yaml(String name) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return StreamSupport.stream(yaml.loadAll(file(name)).spliterator(), false).toList();
  }

  /** What is at the end of a path of names, and of places in lists. */
  private static Object at(Object from, Object... path) {
    Object at = from;
    for (Object step : path) {
      at =
          step instanceof Integer place
              ? ((List<?>) at).get(place)
              : requireNonNull(((Map<?, ?>) at).get(step), () -> step + " of " + from);
    }
    return requireNonNull(at);
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  /** The members that are named, if the program knows all options. */
  private static void knownAndWhole(List<String> arguments) {
    Parsed parsed = ServerSyntax.server().parse(arguments.toArray(String[]::new));
    parsed.requireNoArgument();
    assertThat(parsed.has("tls-cert")).isTrue();
    assertThat(parsed.has("operator-token")).isTrue();
    assertThat(parsed.has("peer-ca")).isTrue();
    String id = parsed.text("id", "");
    assertThat(PeerList.parse(parsed.texts("peers")))
        .hasSize(3)
        .anyMatch(member -> member.id().equals(id));
  }

  @Test
  void eachServiceOfTheCompositionIsAMember() throws IOException {
    Object compose = yaml("compose.yaml").get(0);
    Set<Object> secrets = new TreeSet<>();
    ((Map<?, ?>) at(compose, "secrets")).keySet().forEach(secrets::add);
    Map<?, ?> services = (Map<?, ?>) at(compose, "services");
    assertThat(services).hasSize(3);
    for (Object service : services.values()) {
      List<String> command = texts(at(requireNonNull(service), "command"));
      knownAndWhole(command);
      Set<String> targets = new TreeSet<>();
      for (Object secret : (List<?>) at(service, "secrets")) {
        Object source = secret instanceof Map<?, ?> named ? named.get("source") : secret;
        assertThat(secrets).contains(source);
        targets.add(
            String.valueOf(secret instanceof Map<?, ?> named ? named.get("target") : secret));
      }
      assertThat(command.stream().filter(option -> option.contains("/run/secrets/")))
          .hasSize(6)
          .allMatch(option -> targets.contains(option.replaceAll(".*/run/secrets/", "")));
      assertThat(String.valueOf(at(service, "stop_grace_period"))).isEqualTo("20s");
    }
  }

  @Test
  void eachPodIsAMember() throws IOException {
    List<Object> all = yaml("kubernetes.yaml");
    assertThat(all.stream().map(one -> at(one, "kind")).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "Namespace",
            "ServiceAccount",
            "Service",
            "ConfigMap",
            "PodDisruptionBudget",
            "StatefulSet");
    Object set = kind(all, "StatefulSet");
    Object pod = at(set, "spec", "template", "spec");
    Object container = at(pod, "containers", 0);
    assertThat(at(set, "spec", "replicas")).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      String name = "tyer-" + i;
      List<String> options = new ArrayList<>();
      for (String argument : texts(at(container, "args"))) {
        if (argument.equals("@/etc/tyer/members/$(POD_NAME)")) {
          String own = String.valueOf(at(kind(all, "ConfigMap"), "data", name));
          options.addAll(Arrays.asList(own.strip().split("\n", -1)));
        } else {
          options.add(argument.replace("$(POD_NAME)", name));
        }
      }
      knownAndWhole(options);
      assertThat(options).contains("--id=" + name);
    }
    Set<String> volumes = new TreeSet<>(Set.of("data"));
    ((List<?>) at(pod, "volumes"))
        .forEach(v -> volumes.add((String) at(requireNonNull(v), "name")));
    for (Object mount : (List<?>) at(container, "volumeMounts")) {
      assertThat(volumes).contains((String) at(requireNonNull(mount), "name"));
    }
    assertThat(at(set, "spec", "volumeClaimTemplates", 0, "metadata", "name")).isEqualTo("data");
    Object labels = at(set, "spec", "template", "metadata", "labels");
    assertThat(at(set, "spec", "selector", "matchLabels")).isEqualTo(labels);
    assertThat(at(kind(all, "PodDisruptionBudget"), "spec", "selector", "matchLabels"))
        .isEqualTo(labels);
  }

  private static Object kind(List<Object> all, String kind) {
    return all.stream().filter(one -> at(one, "kind").equals(kind)).findFirst().orElseThrow();
  }

  @Test
  void theUnitStartsAMember() throws IOException {
    knownAndWhole(optionsOfUnit());
  }

  private static List<String> optionsOfUnit() throws IOException {
    String unit = file("tyer-server.service").replace("\\\n", " ");
    String start =
        unit.lines().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    String main = Main.class.getName();
    assertThat(start).contains(" " + main + " ");
    String options =
        start
            .substring(start.indexOf(main) + main.length())
            .replace("${TYER_ID}", "a")
            .replace("${TYER_CLUSTER}", "shop")
            .replace("${TYER_LISTEN}", "0.0.0.0:7878")
            .replace("${TYER_HTTP}", "0.0.0.0:7880")
            .replace("${TYER_PEERS}", exampleOf("TYER_PEERS"));
    assertThat(options).doesNotContain("${");
    return Arrays.asList(options.strip().split(" +", -1));
  }

  /** What the page gives for the unit's environment. */
  private static String exampleOf(String variable) throws IOException {
    return file("README.md")
        .lines()
        .filter(line -> line.startsWith(variable + "="))
        .map(line -> line.substring(variable.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theImageStartsTheProgramWithOptionsThatItKnows() throws IOException {
    String image = file("Dockerfile");
    assertThat(image).contains("\"" + Main.class.getName() + "\"").contains("USER 10001:10001");
    String command =
        image.lines().filter(line -> line.startsWith("CMD ")).findFirst().orElseThrow();
    List<String> options =
        texts(new Yaml(new SafeConstructor(new LoaderOptions())).load(command.substring(4)));
    Parsed parsed = ServerSyntax.server().parse(options.toArray(String[]::new));
    assertThat(parsed.has("data")).isTrue();
    assertThat(image).contains("COPY deploy/healthy.sh");
    assertThat(DEPLOY.resolve("healthy.sh")).isExecutable();
  }
}
