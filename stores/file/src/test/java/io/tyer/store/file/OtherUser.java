package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Child processes of other users, with umasks that keep them apart. */
final class OtherUser {

  private OtherUser() {}

  /** What stands before a command that is to run as this user. */
  static List<String> as(int user, int group) {
    return List.of(
        "sh",
        "-c",
        "umask 077; exec \"$@\"",
        "sh",
        "setpriv",
        "--reuid=" + user,
        "--regid=" + user,
        "--groups=" + group,
        "--inh-caps=-all",
        "--bounding-set=-all");
  }

  /** Other users may not look into the directories of the user who builds. */
  static String classPathIn(Path open) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (!Files.exists(from) || entry.contains("junit")) {
        continue;
      }
      Path to = open.resolve("class-path-" + copies.size());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path each : files.toList()) {
          Path copy = each.equals(from) ? to : to.resolve(from.relativize(each).toString());
          Files.copy(each, copy);
          copy.toFile().setReadable(true, false);
          copy.toFile().setExecutable(true, false);
        }
      }
      copies.add(to.toString());
    }
    return String.join(File.pathSeparator, copies);
  }
}
