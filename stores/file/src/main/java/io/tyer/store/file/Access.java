package io.tyer.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who, besides one user and root, may change the names in a store's directory: a stranger who may
 * can put a link to files elsewhere in the place of what is there.
 */
enum Access {
  /** Nobody. */
  NOBODY,
  /** A group, or another user to whom the directory belongs. */
  SOME,
  /** Every user of this machine. */
  ANYBODY;

  private static final int ANYBODY_WRITES = 0002;
  private static final int ANYBODY_ENTERS = 0001;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_ENTER = 0011;
  private static final int STICKY = 01000;
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final String PROTECTED = "/proc/sys/fs/protected_hardlinks";

  /**
   * Looks at a directory and a store's folders in it, as far as they are there.
   *
   * @param self the user's number
   */
  static Access of(Path root, int self) throws IOException {
    if (!isKnown(root)) {
      return NOBODY;
    }
    int entered = mode(root);
    Access access = of(root, self, true, true);
    for (String folder : StoreDirectory.FOLDERS) {
      Access there =
          of(
              root.resolve(folder),
              self,
              (entered & OTHERS_ENTER) != 0,
              (entered & ANYBODY_ENTERS) != 0);
      access = there.compareTo(access) > 0 ? there : access;
    }
    return access == NOBODY && !above(root, self).isEmpty() ? SOME : access;
  }

  private static Access of(Path directory, int self, boolean entered, boolean enteredByAnybody)
      throws IOException {
    try {
      int mode = mode(directory);
      // Of a link, all systems say that everybody may write it.
      boolean link = (mode & TYPE) == LINK;
      if (enteredByAnybody && !link && (mode & ANYBODY_WRITES) != 0) {
        return ANYBODY;
      }
      boolean others = (mode & GROUP_WRITES) != 0 || isForeign(owner(directory), self);
      return entered && others ? SOME : NOBODY;
    } catch (NoSuchFileException e) {
      return NOBODY;
    }
  }

  /**
   * The directories above one in which others may put another in its place. A sticky one, such as
   * {@code /tmp}, leaves each name to whom it belongs.
   */
  static List<Path> above(Path root, int self) throws IOException {
    List<Path> open = new ArrayList<>();
    for (Path each = root.getParent(); each != null; each = each.getParent()) {
      int mode = mode(each);
      boolean written = (mode & (ANYBODY_WRITES | GROUP_WRITES)) != 0 && (mode & STICKY) == 0;
      if (written || isForeign(owner(each), self)) {
        open.add(each);
      }
    }
    return open;
  }

  /** Whether users have numbers here, and files modes. */
  static boolean isKnown(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  static boolean isForeign(int owner, int self) {
    return owner != self && owner != 0;
  }

  static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether users may give other names to files that they may not write, as Linux can forbid. */
  static boolean mayLinkFilesOfOthers() {
    try {
      return !Files.readString(Path.of(PROTECTED)).strip().equals("1");
    } catch (IOException e) {
      return true;
    }
  }
}
