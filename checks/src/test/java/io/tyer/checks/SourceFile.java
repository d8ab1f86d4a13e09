package io.tyer.checks;

/**
 * A Java source file.
 *
 * @param path from the repository's root, with slashes
 */
record SourceFile(String path, String text) implements Comparable<SourceFile> {

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String directory() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  boolean isIn(String module) {
    return path.startsWith(module + "/");
  }

  @Override
  public int compareTo(SourceFile other) {
    return path.compareTo(other.path);
  }
}
