package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes files and directories with the rights of the store's directory, so that all users of a
 * group can share a store whatever their umask; for the user alone if the directory is. Whatever
 * stands at the name already, be it a link that leads nowhere, is an error.
 */
final class Rights {

  // First, since the next one looks at it.
  private static final boolean POSIX = supports(Path.of(""), "posix");

  /** For the user alone; or, on systems without such rights, as the system does it. */
  static final Rights PRIVATE = new Rights(0, false);

  private static final String MODE = "unix:mode";
  private static final int OTHERS = 077;
  private static final int OF_FILES = 0666;
  private static final int OF_DIRECTORIES = 0777;
  private static final int OF_OWNER = 0700;
  private static final int SET_GROUP = 02000;

  private final int wanted;
  private final boolean added;
  private final FileAttribute<?>[] files;
  private final FileAttribute<?>[] directories;

  private Rights(int wanted, boolean added) {
    this.wanted = wanted | OF_OWNER;
    this.added = added;
    this.files = attributes(this.wanted & OF_FILES);
    this.directories = attributes(this.wanted & OF_DIRECTORIES);
  }

  /** What is made in a directory like this gets its rights. */
  static Rights under(Path root) throws IOException {
    if (!supports(root, "unix")) {
      return PRIVATE;
    }
    int wanted = mode(root);
    return (wanted & OTHERS) == 0 ? PRIVATE : new Rights(wanted, true);
  }

  /** The same without adding to files what this process's umask gives, seen at one it has made. */
  Rights unlessGiven(File madeFile) throws IOException {
    int bits = wanted & OF_FILES;
    boolean given = added && (mode(madeFile.toPath()) & bits) == bits;
    return given ? new Rights(wanted, false) : this;
  }

  /**
   * Makes a file under a name that nobody else uses, wherever it is.
   *
   * @throws ClosedByInterruptException if it has to be made again, see {@link NewFile}
   */
  void makeFile(Path file, byte[] content) throws IOException {
    NewFile.write(file, content, files);
    allow(file);
  }

  /** The same, and what was written outlives a loss of power. */
  void makeFileDurably(Path file, byte[] content) throws IOException {
    NewFile.writeDurably(file, content, files);
    allow(file);
  }

  private void allow(Path file) throws IOException {
    if (added) {
      Files.setAttribute(file, MODE, wanted & OF_FILES, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The same of a name that others may use elsewhere, in a directory that is held open. */
  void makeFile(Folder folder, String name, byte[] content) throws IOException {
    folder.create(name, content, files);
    if (added) {
      folder.allow(name, permissions(wanted & OF_FILES));
    }
  }

  /** Makes an empty directory. */
  void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, directories);
    if ((wanted & OTHERS) != 0) {
      int group = mode(directory) & SET_GROUP;
      Files.setAttribute(
          directory,
          MODE,
          (wanted & (OF_DIRECTORIES | SET_GROUP)) | group,
          LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static FileAttribute<?>[] attributes(int mode) {
    if (!POSIX) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))};
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    // In the order of the bits, the highest first.
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < all.length; i++) {
      if ((mode & 0400 >> i) != 0) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }

  private static boolean supports(Path path, String view) {
    return path.getFileSystem().supportedFileAttributeViews().contains(view);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
  }
}
