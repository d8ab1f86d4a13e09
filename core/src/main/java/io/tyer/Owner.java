package io.tyer;

import io.tyer.line.Ask;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Who this process is, for people: host and process id. */
final class Owner {

  private Owner() {}

  static String ofThisProcess() {
    return Ask.clipOwner(host() + ", pid " + ProcessHandle.current().pid());
  }

  /** Not from a name service, which may take seconds to fail. */
  private static String host() {
    try (BufferedReader reader =
        new BufferedReader(new FileReader("/proc/sys/kernel/hostname", StandardCharsets.UTF_8))) {
      String name = reader.readLine();
      if (name != null && !name.isBlank()) {
        return name.strip();
      }
    } catch (IOException e) {
      // Not Linux: the environment may know.
    }
    String name = System.getenv("HOSTNAME");
    return Objects.requireNonNullElse(name == null ? System.getenv("COMPUTERNAME") : name, "host");
  }
}
