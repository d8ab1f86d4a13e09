package io.tyer.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories that nobody but their owner looks into, whatever the umask is. */
final class PrivateDirectory {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Makes it, unless it is there: then it stays as whoever made it wanted.
   *
   * @throws IOException if it cannot be made
   */
  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      if (isPosix(directory)) {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER));
      } else {
        Files.createDirectory(directory);
      }
    } catch (FileAlreadyExistsException byAnother) {
      if (!Files.isDirectory(directory)) {
        throw byAnother;
      }
    }
  }

  /**
   * Makes one that is the server's own, or closes it to others if an earlier release made it.
   *
   * @throws IOException if it cannot be made, or belongs to another user
   */
  static void own(Path directory) throws IOException {
    make(directory);
    if (isPosix(directory) && !Files.getPosixFilePermissions(directory).equals(OWNER)) {
      Files.setPosixFilePermissions(directory, OWNER);
    }
  }

  private static boolean isPosix(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
