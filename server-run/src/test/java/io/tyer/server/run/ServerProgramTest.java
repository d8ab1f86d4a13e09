package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.command.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program, as it is started by people. */
@Timeout(120)
class ServerProgramTest {

  private static final Pattern PORT = Pattern.compile("listens for clients at .*:(\\d+)");

  @TempDir Path state;

  private final List<Process> started = new ArrayList<>();

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(state.resolve("err").toFile()));
    builder.environment().put("XDG_STATE_HOME", state.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private String errors() throws IOException {
    return Files.readString(state.resolve("err"));
  }

  private static BufferedReader out(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private String port(Process server) throws IOException {
    String line = out(server).readLine();
    assertThat(line).as("what it says first; errors: %s", errors()).isNotNull();
    Matcher matcher = PORT.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }

  @Test
  void withoutOptionsItServesItsUserOverTlsAndKeepsWhatItHasWhenItIsKilled() throws Exception {
    Process server = start("--listen", "localhost:0");
    String port = port(server);
    Path certificate = state.resolve("tyer/server/tls/dev-certificate.pem");
    assertThat(certificate).isRegularFile();

    // It is found, and trusted, as by the store's client.
    Process status = start("status", "--server", "localhost:" + port);
    assertThat(status.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out(status).lines().toList())
        .as(errors())
        .anyMatch(line -> line.startsWith("cluster tyer, "));

    server.destroyForcibly().waitFor();
    Process again = start("--listen", "localhost:" + port);
    assertThat(port(again)).isEqualTo(port);
  }

  /** Whoever reaches the port between members can write the log. */
  @Test
  void aloneItListensForClientsOnly() throws Exception {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/net/tcp")), "a process's ports are found by /proc");
    Process server = start("--listen", "localhost:0");
    int port = Integer.parseInt(port(server));
    assertThat(listeningPorts(server.pid())).containsOnly(port);
  }

  private static Set<Integer> listeningPorts(long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException gone) {
          // Closed since it was listed: no port that stays open.
        }
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] fields = line.trim().split(" +", -1);
        if (fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  @Test
  void aSignalEndsItInTime() throws Exception {
    Process server = start("--listen", "localhost:0", "--plaintext");
    String unused = port(server);
    server.destroy();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(143);
    assertThat(errors()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  @Test
  void asJsonEverythingItSaysIsAnObjectOnALine() throws Exception {
    Process server = start("--listen", "localhost:0", "--plaintext", "--log-format", "json");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!errors().contains("listens for clients at") && System.nanoTime() < until) {
      LockSupport.parkNanos(10_000_000);
    }
    Process second = start("--listen", "localhost:0", "--plaintext", "--log-format", "json");
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(Exit.UNREACHABLE.code());
    // What it said before is still to be read.
    assertThat(server.toHandle().destroy()).isTrue();
    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out(server).lines()).isEmpty();
    assertThat(errors().lines())
        .allMatch(line -> line.matches("\\{\"time\":\"[^\"]+\",\"level\":\"[A-Z]+\",.*}"))
        .anyMatch(line -> line.contains("\"message\":\"member 1 of tyer listens for clients at"))
        .anyMatch(line -> line.contains("\"level\":\"ERROR\"") && line.contains("in use"));
  }

  @Test
  void theDirectoryOfOneIsNotForAnother() throws Exception {
    String unused = port(start("--listen", "localhost:0"));
    Process second = start("--listen", "localhost:0");
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(errors()).contains("tyer: ").contains("in use");
  }
}
