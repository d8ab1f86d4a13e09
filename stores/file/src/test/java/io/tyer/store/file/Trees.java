package io.tyer.store.file;

import java.io.File;
import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Removing directories that nobody looks into any more. */
final class Trees {

  private Trees() {}

  static void deleteAll(@Nullable File... files) {
    for (File file : files) {
      if (file != null) {
        delete(file);
      }
    }
  }

  /** Removes a directory with all that is in it, or a file. What resists is left. */
  static void delete(File file) {
    if (!file.delete() && file.isDirectory() && !Files.isSymbolicLink(file.toPath())) {
      File[] children = file.listFiles();
      if (children != null) {
        // Oldest version first, as ever: a record that is being removed is one to whoever looks.
        Arrays.sort(children);
        for (File child : children) {
          delete(child);
        }
      }
      boolean unused = file.delete();
    }
  }
}
