package io.tyer.example.transfers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Teller}, as its parent sees it. */
final class TellerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private TellerProcess(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts one, which does this. It is told by its input, where nobody else sees the password. */
  static TellerProcess start(String store, HostedBanks banks, String command) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Teller.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    TellerProcess teller = new TellerProcess(process);
    teller.tell(String.join("\n", store, banks.connections(), command));
    return teller;
  }

  void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** What it says next; "nothing" once it has ended. */
  String hear() throws IOException {
    String line = output.readLine();
    return line == null ? "nothing" : line;
  }

  /** SIGSTOP, SIGCONT. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("could not send SIG" + name);
    }
  }

  /** Waits for its end, and tells its exit code. */
  int end() throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("a teller has not ended within a minute");
    }
    return process.exitValue();
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
