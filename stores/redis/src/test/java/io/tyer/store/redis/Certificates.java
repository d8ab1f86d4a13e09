package io.tyer.store.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of the test's own, and what it signs, as PEM files; made by openssl. */
final class Certificates {

  private final Path directory;

  Certificates(Path directory, String name) throws Exception {
    this.directory = Files.createDirectories(directory.resolve(name));
    run(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt");
  }

  /** A certificate and its key, in PKCS 8, signed by the authority. */
  void sign(String file, String alternativeName) throws Exception {
    run(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=" + file,
        "-keyout",
        file + ".key",
        "-out",
        file + ".csr");
    Files.writeString(directory.resolve(file + ".ext"), "subjectAltName=" + alternativeName + "\n");
    run(
        "x509",
        "-req",
        "-in",
        file + ".csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        file + ".ext",
        "-out",
        file + ".crt");
  }

  Path authority() {
    return directory.resolve("ca.crt");
  }

  Path certificate(String file) {
    return directory.resolve(file + ".crt");
  }

  Path key(String file) {
    return directory.resolve(file + ".key");
  }

  private void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }
}
