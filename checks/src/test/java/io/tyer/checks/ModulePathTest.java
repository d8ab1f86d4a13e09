package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module: nothing of ours that it needs is hidden from it. */
class ModulePathTest {

  private static final Pattern NAME =
      Pattern.compile("<Automatic-Module-Name>([^<]+)</Automatic-Module-Name>");

  private static final String LOCKING =
      """
      package program;
      public final class Main {
        public static void main(String[] args) throws Exception {
          try (var tyer = io.tyer.Tyer.open(args[0]); var lease = tyer.lock("a").acquire()) {
            System.out.println("token " + lease.token());
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void aProgramLocksInAFileStore() throws Exception {
    Path modules = modules("core", "stores/file");
    String store = "file:" + directory.resolve("store");
    assertThat(run(modules, LOCKING, List.of("io.tyer.core"), store)).contains("token ");
  }

  private static boolean isNeededByCore(String entry) {
    return entry.matches(".*/(slf4j-api|jspecify)-[^/]*\\.jar");
  }

  private static boolean isOurs(String entry, String... modules) {
    Path root = Repository.ofWorkingDirectory().root();
    return Stream.of(modules)
        .anyMatch(
            module ->
                entry.startsWith(root.resolve(module).resolve("target") + File.separator)
                    && !entry.matches(".*(test-classes|-tests\\.jar)"));
  }

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  /** A directory of modules: these of ours, as the jars that we publish, and what core needs. */
  private Path modules(String... ours) throws IOException {
    Path modules = Files.createDirectory(directory.resolve("modules"));
    for (String entry : entries().toList()) {
      if (isOurs(entry, ours) || isNeededByCore(entry)) {
        Path from = Path.of(entry);
        if (Files.isDirectory(from)) {
          pack(from, modules.resolve(modules.toFile().list().length + ".jar"));
        } else {
          Files.copy(from, modules.resolve(from.getFileName()));
        }
      }
    }
    return modules;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!Files.exists(classes.resolve("module-info.class"))) {
      manifest.getMainAttributes().putValue("Automatic-Module-Name", moduleName(classes));
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          packed.putNextEntry(new ZipEntry(name));
          Files.copy(file, packed);
        }
      }
    }
  }

  /** As the pom of the module says it. */
  private static String moduleName(Path classes) throws IOException {
    for (Path at = classes; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml"))) {
        Matcher name = NAME.matcher(Files.readString(at.resolve("pom.xml")));
        assertThat(name.find()).as("a module's name in %s", at).isTrue();
        return name.group(1);
      }
    }
    throw new IllegalStateException("no pom.xml above " + classes);
  }

  private String run(Path modules, String source, List<String> required, String argument)
      throws Exception {
    Path sources = Files.createDirectories(directory.resolve("sources/program"));
    Path main = Files.writeString(sources.resolve("Main.java"), source);
    StringBuilder info = new StringBuilder("module program {\n");
    required.forEach(module -> info.append("  requires ").append(module).append(";\n"));
    Path module =
        Files.writeString(directory.resolve("sources/module-info.java"), info.append("}\n"));
    Path classes = directory.resolve("classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-p",
                modules.toString(),
                "-d",
                classes.toString(),
                module.toString(),
                main.toString()))
        .isZero();
    Path output = directory.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-p", modules + File.pathSeparator + classes));
    command.addAll(List.of("-m", "program/program.Main", argument));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("the program ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
