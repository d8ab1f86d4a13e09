package io.tyer.servers.etcd;

import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code etcd} of this machine: no library carries one. */
final class EtcdProgram {

  private static final Pattern VERSION =
      Pattern.compile("etcd Version: ([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4})");

  private EtcdProgram() {}

  /** Why it cannot be started here; empty if it can. */
  static Optional<String> missing() {
    return Needs.ETCD.missing();
  }

  static Path find() throws IOException {
    return Needs.program("etcd")
        .orElseThrow(() -> new IOException("no etcd here (Debian: etcd-server)"));
  }

  /**
   * Whether a leader that was stopped, and goes on when another one leads, may have that one end
   * sessions that are alive: it still takes them for its own, and finds that it has heard nothing
   * of them. Mended in 3.4.31 and 3.5.13.
   */
  static boolean revokesWhenResumed() throws IOException {
    Process process =
        new ProcessBuilder(find().toString(), "--version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    Matcher version = VERSION.matcher(said);
    if (status != 0 || !version.find()) {
      throw new IOException("etcd --version: status " + status + ", " + said.strip());
    }
    int minor = Integer.parseInt(version.group(2));
    int patch = Integer.parseInt(version.group(3));
    return version.group(1).equals("3")
        && (minor < 4 || (minor == 4 && patch < 31) || (minor == 5 && patch < 13));
  }
}
