package io.tyer.benchmarks.figures;

import io.tyer.server.run.Main;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The access tokens of a group that is started for a run: the operator's, and one for clients, both
 * made by the program {@code tyer token} and kept in files.
 *
 * @param directory where the files are
 */
record OwnTokens(Path directory) {

  /** Makes the operator's. */
  static OwnTokens make(Path directory) throws IOException {
    OwnTokens tokens = new OwnTokens(directory);
    Files.writeString(tokens.ofOperator(), run(List.of("token", "operator")));
    return tokens;
  }

  Path ofOperator() {
    return directory.resolve("operator-token");
  }

  Path ofClients() {
    return directory.resolve("client-token");
  }

  /** Has a member make the clients'. */
  void makeOfClients(String member, Path authority) throws IOException {
    Files.writeString(
        ofClients(),
        run(
            List.of(
                "token",
                "create",
                "--grant=acquire,read,force",
                "--server=" + member,
                "--tls-ca=" + authority,
                "--token-file=" + ofOperator())));
  }

  private static String run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("'tyer " + String.join(" ", arguments) + "' has failed");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("while a token was made");
    }
    return printed;
  }
}
