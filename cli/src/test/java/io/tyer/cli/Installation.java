package io.tyer.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line as a build leaves it: jars, made of this test's class path. */
final class Installation {

  static final Path OPTIONS = Path.of("jvm.options").toAbsolutePath();
  static final Path ARCHIVING = Path.of("archive.sh").toAbsolutePath();

  /** Of our modules, those that only tests use. */
  private static final Pattern TEST_MODULES =
      Pattern.compile("(/|tyer-)(testkit|servers)(/target/|-[0-9])");

  private static final Pattern NEEDED =
      Pattern.compile(
          "^(tyer|slf4j-api|commons-cli|lettuce|netty|reactor|reactive|redis-authx|zookeeper|commons-io|grpc|protobuf|guava|failureaccess|jetcd|perfmark)-");

  final Path lib;
  final Path jar;

  private Installation(Path lib) {
    this.lib = lib;
    this.jar = lib.resolve("tyer-cli-test.jar");
  }

  static Installation make(Path lib) throws IOException {
    Installation made = new Installation(Files.createDirectories(lib));
    List<String> others = new ArrayList<>();
    Path own = null;
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      if (Files.exists(path.resolve("io/tyer/cli/Main.class"))) {
        own = path;
      } else if (isNeeded(path)) {
        String name = others.size() + ".jar";
        if (Files.isDirectory(path)) {
          pack(path, new Manifest(), lib.resolve(name));
        } else {
          Files.copy(path, lib.resolve(name));
        }
        others.add(name);
      }
    }
    if (own == null) {
      throw new AssertionError("the class path has no command line");
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", others));
    pack(own, manifest, made.jar);
    return made;
  }

  private static boolean isNeeded(Path path) {
    String text = path.toString();
    boolean forTests = TEST_MODULES.matcher(text).find() || text.contains("test-classes");
    return !forTests
        && (Files.isDirectory(path) || NEEDED.matcher(path.getFileName().toString()).find());
  }

  private static void pack(Path classes, Manifest manifest, Path target) throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      files
          .filter(file -> Files.isRegularFile(file) && !file.endsWith("MANIFEST.MF"))
          .forEach(file -> add(zip, classes.relativize(file).toString(), file));
    }
  }

  private static void add(JarOutputStream zip, String name, Path file) {
    try {
      zip.putNextEntry(new JarEntry(name));
      Files.copy(file, zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path archive() {
    return archive("tyer");
  }

  Path archive(String name) {
    return lib.resolve(name + ".jsa");
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What makes the archive. */
  List<String> archiving(String... name) {
    List<String> command =
        new ArrayList<>(List.of("sh", ARCHIVING.toString(), lib.toString(), java()));
    command.addAll(List.of(name));
    return command;
  }

  /** What {@code ./tyer} starts, with these options of Java's in front of the class path. */
  List<String> command(List<String> javaOptions, String... arguments) {
    return command("tyer", javaOptions, arguments);
  }

  /** The same with another archive. */
  List<String> command(String name, List<String> javaOptions, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "@" + OPTIONS));
    command.add("-XX:SharedArchiveFile=" + archive(name));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", jar.toString(), "io.tyer.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }
}
