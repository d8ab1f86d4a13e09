package io.tyer.servers.redis;

import io.tyer.servers.process.Place;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The program {@code redis-server}: the one at the path that the system property {@code tyer.redis}
 * names, which may be a Valkey, otherwise the one that the library embedded-redis carries.
 */
final class RedisBinary {

  static final String PROPERTY = "tyer.redis";

  private RedisBinary() {}

  /** The path of the program. */
  static Path find() throws IOException {
    String named = System.getProperty(PROPERTY, "");
    if (named.isEmpty()) {
      return carried();
    }
    Path binary = Path.of(named).toAbsolutePath();
    if (!Files.isExecutable(binary)) {
      throw new IOException("-D" + PROPERTY + "=" + named + " is not a program");
    }
    return binary;
  }

  /** Why there is none that runs on this machine; empty if there is one. */
  static Optional<String> missing() {
    try {
      version(find());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "no redis-server runs here (" + e.getMessage() + "); -D" + PROPERTY + "=PATH names one");
    }
  }

  /** What it says of itself. */
  static String version(Path binary) throws IOException {
    Process process =
        new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(binary + " --version: status " + status + ", " + said);
    }
    return said;
  }

  /** Taken out of the jar once per user, and put in its place in one step. */
  private static Path carried() throws IOException {
    Path home = Place.directory("redis");
    Path binary = home.resolve(nameInJar());
    if (!Files.isExecutable(binary)) {
      Path draft = Files.createTempDirectory(home, "draft");
      File extracted = ExecutableProvider.newJarResourceProvider(draft.toFile()).get();
      Files.move(extracted.toPath(), binary, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(draft);
    }
    return binary;
  }

  private static String nameInJar() throws IOException {
    OsArchitecture here;
    try {
      here = OsArchitecture.detectOSandArchitecture();
    } catch (RuntimeException e) {
      throw new IOException("embedded-redis does not know this machine: " + e.getMessage(), e);
    }
    String name = ExecutableProvider.newProvidedVersionsMap().get(here);
    if (name == null) {
      throw new IOException("embedded-redis carries none for " + here.os + " " + here.arch);
    }
    return Path.of(name).getFileName().toString();
  }
}
