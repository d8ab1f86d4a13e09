package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Console;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts and the unit in {@code deploy}, by the programs that read them. */
@Timeout(180)
class TrialTest {

  private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private record Ran(int exit, String said) {}

  private Ran run(String... command) throws Exception {
    Path said = Files.createTempFile(directory, "said", "");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    started.add(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), Files.readString(said));
  }

  private static String script(String name) {
    return DeployFilesTest.DEPLOY.resolve(name).toAbsolutePath().normalize().toString();
  }

  @Requires(Needs.BASH)
  @Test
  void scriptsAreRead() throws Exception {
    for (String name :
        List.of("certificates.sh", "healthy.sh", "trials.sh", "trial.sh", "rolling-upgrade.sh")) {
      assertThat(run("bash", "-n", script(name))).isEqualTo(new Ran(0, ""));
    }
  }

  /** One is always behind, as on a busy machine, but goes on. */
  @Requires({Needs.BASH, Needs.PYTHON})
  @Test
  void membersHaveSettledOnceTheyHaveWhatTheLeaderHad() throws Exception {
    Ran ran =
        run(
            "bash",
            "-euc",
            """
            source "$0"
            echo 5 >"$work/applied"
            status() {
              local applied=$(<"$work/applied")
              echo $((applied + 3)) >"$work/applied"
              echo '{"members": [{"id": "a", "leading": true, "applied": '$((applied + 4))', "lag": 0},'
              echo '{"id": "b", "leading": false, "applied": '"$applied"', "lag": 4}]}'
            }
            settled 2 status
            """,
            script("trials.sh"));
    assertThat(ran).isEqualTo(new Ran(0, "a"));
  }

  @Requires({Needs.BASH, Needs.PYTHON})
  @Test
  void whatIsNoListOfLocksIsToldInWords() throws Exception {
    String holds = "source \"$0\"; list() { echo '%s'; }; held a list || cat \"$work/held.log\"";
    String locks = "{\"locks\": [{\"line\": [{\"state\": \"held\", \"token\": \"12\"}]}]}";
    assertThat(run("bash", "-c", holds.formatted(locks), script("trials.sh")))
        .isEqualTo(new Ran(0, "12\n"));
    assertThat(run("bash", "-c", holds.formatted("no answer"), script("trials.sh")).said())
        .startsWith("not what 'tyer locks --json' says")
        .doesNotContain("Traceback");
  }

  @Requires(Needs.SYSTEMD)
  @Test
  void theUnitIsVerified() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path unit = directory.resolve("tyer-server.service");
    Files.writeString(
        unit,
        Files.readString(Path.of(script("tyer-server.service"))).replace("/usr/bin/java", java));
    Ran verified = run("systemd-analyze", "verify", unit.toString());
    assertThat(verified.said()).doesNotContain("tyer-server.service:");
    assertThat(verified.exit()).as(verified.said()).isZero();
  }

  @Requires({Needs.BASH, Needs.OPENSSL})
  @Test
  void whatIsThereIsNotOverwrittenAndNoHostIsACommand() throws Exception {
    Path there = Files.createDirectory(directory.resolve("there"));
    assertThat(run(script("certificates.sh"), there.toString(), "a").exit()).isEqualTo(2);
    String fresh = directory.resolve("fresh").toString();
    for (String wrong : List.of("../x", "-a", "a;b", "a\nb", "")) {
      Ran refused = run(script("certificates.sh"), fresh, wrong);
      assertThat(refused.exit()).as(wrong).isEqualTo(2);
      assertThat(refused.said()).contains("is no host's name");
    }
    assertThat(Path.of(fresh)).doesNotExist();
  }

  @Requires({Needs.BASH, Needs.OPENSSL})
  @Test
  void threeMembersStartWithTheCertificatesOfATrial() throws Exception {
    Path trial = directory.resolve("trial");
    Ran made =
        run(script("certificates.sh"), trial.toString(), HOSTS.get(0), HOSTS.get(1), HOSTS.get(2));
    assertThat(made.exit()).as(made.said()).isZero();
    for (String secret : List.of("operator-token", "peers-ca.key", "127.0.0.1/server.key")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(trial.resolve(secret))))
          .isEqualTo("rw-------");
    }
    assertThat(made.said()).doesNotContain("tyer_");

    List<String> clients = new ArrayList<>();
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < HOSTS.size(); i++) {
      clients.add(HOSTS.get(i) + ":" + free(HOSTS.get(i)));
      peers.add(
          (char) ('a' + i) + "=" + HOSTS.get(i) + ":" + free(HOSTS.get(i)) + "/" + clients.get(i));
    }
    for (int i = 0; i < HOSTS.size(); i++) {
      start(trial, i, clients.get(i), String.join(",", peers));
    }
    String seen = "";
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < until && !seen.contains("\"lag\":")) {
      LockSupport.parkNanos(200_000_000);
      seen = status(trial, clients.get(0));
    }
    assertThat(seen.split("\"reachable\":true", -1)).as(seen + errors()).hasSize(4);
    assertThat(seen).containsPattern("\"leader\":\"[abc]\"");
    assertThat(run("bash", script("healthy.sh"), clients.get(0).split(":", -1)[1]).exit()).isZero();
    started.forEach(Process::destroyForcibly);
    started.get(started.size() - 1).waitFor();
  }

  private void start(Path trial, int member, String client, String peers) throws IOException {
    Path own = trial.resolve(HOSTS.get(member));
    String id = String.valueOf((char) ('a' + member));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of("--id=" + id, "--cluster=trial", "--listen=" + client));
    command.addAll(List.of("--peers=" + peers, "--data=" + directory.resolve("data-" + id)));
    command.addAll(List.of("--tls-cert=" + own.resolve("server.pem")));
    command.addAll(List.of("--tls-key=" + own.resolve("server.key")));
    command.addAll(List.of("--peer-tls-cert=" + own.resolve("peer.pem")));
    command.addAll(List.of("--peer-tls-key=" + own.resolve("peer.key")));
    command.addAll(List.of("--peer-ca=" + trial.resolve("peers-ca.pem")));
    command.addAll(List.of("--operator-token=" + trial.resolve("operator-token")));
    started.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said-" + id).toFile())
            .start());
  }

  private String errors() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String id : List.of("a", "b", "c")) {
      all.append('\n').append(Files.readString(directory.resolve("said-" + id)));
    }
    return all.toString();
  }

  private static String status(Path trial, String server) {
    StringWriter out = new StringWriter();
    int unused =
        new Console("tyer", new PrintWriter(out, true), new PrintWriter(new StringWriter(), true))
            .run(
                new ServerCommand(),
                "status",
                "--json",
                "--server",
                server,
                "--tls-ca",
                trial.resolve("servers-ca.pem").toString(),
                "--token-file",
                trial.resolve("operator-token").toString());
    return out.toString();
  }

  private static int free(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    }
  }
}
