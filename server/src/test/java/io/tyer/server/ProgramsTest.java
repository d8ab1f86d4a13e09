package io.tyer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs in front of a real server: curl, as README shows it, and Python's example. */
@Timeout(180)
class ProgramsTest {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();
  private TyerServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    // Where README's lines look for it, with this directory as the user's own.
    Path data = directory.resolve(".local/state/tyer/server");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = TyerServer.start(ServerConfig.local(data, 0).withHttp(any));
    port = server.httpPort().orElseThrow();
    while (!server.status().leading()) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    server.close();
  }

  private Process run(Path errors, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("CURL_HOME", directory.toString());
    builder
        .environment()
        .put("TYER_TLS_CA", server.developmentCertificate().orElseThrow().toString());
    builder.environment().remove("TYER_TOKEN");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** The block of README that begins so. */
  private static String block(String beginning) throws IOException {
    String readme = Files.readString(REPOSITORY.resolve("README.md"));
    int begin = readme.indexOf("```sh\n" + beginning);
    assertThat(begin).as("a block with %s", beginning).isNotNegative();
    return readme.substring(begin + "```sh\n".length(), readme.indexOf("```\n", begin + 6));
  }

  @Requires({Needs.BASH, Needs.CURL})
  @Test
  void readmesLinesOfCurlDoWhatTheySay() throws Exception {
    String lines = block("export CURL_CA_BUNDLE");
    assertThat(lines.lines().filter(line -> line.startsWith("curl"))).hasSize(3);
    // The server's port is another one, so that nobody else's is in the way.
    Files.writeString(
        directory.resolve(".curlrc"), "connect-to = localhost:7880:localhost:" + port + "\n");
    Path errors = directory.resolve("errors");
    Process shell =
        run(
            errors,
            "bash",
            "-c",
            "set -eo pipefail; " + lines.replaceAll("(?m)^(curl.*)$", "$1; echo"));
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as("%s%s", out, Files.readString(errors)).isZero();
    List<JsonObject> answers =
        out.lines().filter(line -> line.startsWith("{")).map(JsonObject::new).toList();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).getString("lease")).hasSize(32);
    assertThat(answers.get(1).getString("token")).isEqualTo(answers.get(0).getString("token"));
    assertThat(answers.get(2).getBoolean("released")).isTrue();
  }

  private Process python(Path errors, String name, Path file, String seconds) throws IOException {
    return run(
        errors,
        "python3",
        REPOSITORY.resolve("examples/python/tyer_lock.py").toString(),
        "https://localhost:" + port,
        name,
        file.toString(),
        seconds);
  }

  @Requires(Needs.PYTHON)
  @Test
  void pythonWaitsRenewsAndWritesItsToken() throws Exception {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Path errors = directory.resolve("errors");
    Path moreErrors = directory.resolve("more-errors");
    Process holder = python(errors, "py/\u00e4 b", first, "60");
    awaitToken(first, holder, errors);
    Process waits = python(moreErrors, "py/\u00e4 b", second, "0");
    while (server.status().tickets() < 2) {
      assertThat(waits.isAlive()).as(Files.readString(moreErrors)).isTrue();
      Thread.onSpinWait();
    }
    assertThat(second).doesNotExist();
    // Asked to end, it gives back; were it killed, its lease would end with its TTL.
    Process kill = run(errors, "sh", "-c", "kill -s TERM " + holder.pid());
    assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(waits.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(waits.exitValue()).as(Files.readString(moreErrors)).isZero();
    assertThat(token(second)).isGreaterThan(token(first));
    assertThat(server.status().tickets()).isZero();
  }

  private static void awaitToken(Path file, Process process, Path errors) throws IOException {
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();
      Thread.onSpinWait();
    }
  }

  private static long token(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
