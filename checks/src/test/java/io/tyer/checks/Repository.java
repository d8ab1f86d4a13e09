package io.tyer.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The working tree these tests run in. */
final class Repository {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

  private final Path root;

  private Repository(Path root) {
    this.root = root;
  }

  /** Walks up from the directory the tests run in. */
  static Repository ofWorkingDirectory() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.exists(at.resolve("core/pom.xml"))) {
        return new Repository(at);
      }
    }
    throw new IllegalStateException("no pom.xml with core/pom.xml beside it, upwards of " + start);
  }

  Path root() {
    return root;
  }

  /** The files under {@code src/main/java} of all modules, in a fixed order. */
  List<SourceFile> mainSources() {
    return javaFilesBelow("src/main/java");
  }

  /** The files under {@code src/test/java} of all modules, in a fixed order. */
  List<SourceFile> testSources() {
    return javaFilesBelow("src/test/java");
  }

  private List<SourceFile> javaFilesBelow(String sourceDirectory) {
    String marker = "/" + sourceDirectory + "/";
    List<SourceFile> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              String name = dir.getFileName().toString();
              boolean skipped =
                  !dir.equals(root) && (name.startsWith(".") || NOT_OURS.contains(name));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String path = root.relativize(file).toString().replace('\\', '/');
              if (path.endsWith(".java") && path.contains(marker)) {
                found.add(new SourceFile(path, Files.readString(file)));
              }
              return FileVisitResult.CONTINUE;
            }

            /** Other tests make files and remove them meanwhile; ours stay. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException && !file.toString().endsWith(".java")) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(found);
    return found;
  }
}
