package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Gives what is made in the store's directory the rights of that directory, so that all users of a
 * group can share a store whatever their umask. Rights are only ever added: what the directory
 * itself forbids stays out of reach.
 */
final class Rights {

  /** Nothing needs to be added. */
  static final Rights ENOUGH = new Rights(null, null);

  private static final String MODE = "unix:mode";
  private static final int OTHERS = 077;
  private static final int OF_FILES = 0666;
  private static final int OF_DIRECTORIES = 0777;
  private static final int SET_GROUP = 02000;

  private final @Nullable Integer files;
  private final @Nullable Integer directories;

  private Rights(@Nullable Integer files, @Nullable Integer directories) {
    this.files = files;
    this.directories = directories;
  }

  /** What must be added to what this process makes in a directory like this. */
  static Rights under(Path root) throws IOException {
    if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return ENOUGH;
    }
    int wanted = mode(root);
    return (wanted & OTHERS) == 0
        ? ENOUGH
        : new Rights(wanted & OF_FILES, wanted & (OF_DIRECTORIES | SET_GROUP));
  }

  /** The same without what this process's umask gives anyway, seen at a file it has made. */
  Rights unlessGiven(File madeFile) throws IOException {
    boolean given = files != null && (mode(madeFile.toPath()) & files) == files;
    return given ? new Rights(null, directories) : this;
  }

  void addToFile(File file) throws IOException {
    if (files != null) {
      Files.setAttribute(file.toPath(), MODE, files);
    }
  }

  void addToDirectory(File directory) throws IOException {
    if (directories != null) {
      int group = mode(directory.toPath()) & SET_GROUP;
      Files.setAttribute(directory.toPath(), MODE, directories | group);
    }
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, MODE);
  }
}
