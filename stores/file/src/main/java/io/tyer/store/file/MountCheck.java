package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a directory's file system can keep a store at all.
 *
 * <p>Two things must exclude each other among all users of the directory: hard links, by which
 * versions get their names, and renaming directories, by which records are made. Where they are not
 * offered the directory is refused. The way out, creating a version's file exclusively under its
 * final name and then writing it, cannot be made safe: whoever finds such a file half written
 * cannot know whether its writer is dead or slow, and to decide it against a slow one takes just
 * the atomic step that is missing. Mounts without hard links (FAT, object stores) are moreover
 * known to fake exclusive creation, too.
 */
final class MountCheck {

  /** File systems with one kernel between all users, so that nobody caches what another changes. */
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "tmpfs",
          "ramfs",
          "zfs",
          "f2fs",
          "jfs",
          "reiserfs",
          "bcachefs",
          "overlay",
          "apfs",
          "hfs",
          "ufs",
          "ntfs");

  /** What is put into a directory that must not be replaced. */
  static final String CONTENT = "x";

  private static final int TRIES = 3;

  private MountCheck() {}

  /** Whether all users of the directory are on this host, as far as its file system tells. */
  static boolean isLocal(Path root) throws IOException {
    return LOCAL.contains(Files.getFileStore(root).type().toLowerCase(Locale.ROOT));
  }

  /**
   * Refuses the directory if a second link, or a second directory, takes the place of the first.
   *
   * @throws NoSuchFileException if it cannot be told, because somebody has removed what was made to
   *     find out
   */
  static void require(File root, Drafts drafts, Trouble trouble)
      throws StoreException, NoSuchFileException {
    for (int tried = 1; ; tried++) {
      Refusal refusal = links(root, drafts, trouble);
      if (refusal == null) {
        refusal = renames(root, drafts, trouble);
      }
      if (refusal == null) {
        return;
      }
      // A sweep that takes the first away looks as if the second had replaced it.
      if (tried == TRIES) {
        throw refusal.of(root);
      }
    }
  }

  private static @Nullable Refusal links(File root, Drafts drafts, Trouble trouble)
      throws StoreException, NoSuchFileException {
    File name = drafts.newName("");
    File first = null;
    File second = null;
    try {
      first = drafts.write(new byte[1], false);
      second = drafts.write(new byte[2], false);
      Files.createLink(name.toPath(), first.toPath());
      return isTaken(name, second) && name.length() == 1
          ? null
          : new Refusal("a hard link replaces a file that is there", null);
    } catch (UnsupportedOperationException e) {
      return new Refusal("there are no hard links", e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      if (first == null || second == null || trouble.explainsFailure(name)) {
        throw trouble.noEffect("use", root, e);
      }
      return new Refusal("hard links fail (" + e.getMessage() + ")", e);
    } finally {
      Remains.remove(name);
      if (first != null) {
        Remains.remove(first);
      }
      if (second != null) {
        Remains.remove(second);
      }
    }
  }

  private static boolean isTaken(File name, File draft) throws IOException {
    try {
      Files.createLink(name.toPath(), draft.toPath());
      return false;
    } catch (FileAlreadyExistsException e) {
      return true;
    }
  }

  private static @Nullable Refusal renames(File root, Drafts drafts, Trouble trouble)
      throws StoreException, NoSuchFileException {
    File one = drafts.newName(".gone");
    File two = drafts.newName(".gone");
    boolean made = false;
    try {
      Files.createDirectory(one.toPath());
      Files.createDirectory(two.toPath());
      Files.createFile(new File(two, CONTENT).toPath());
      made = true;
      Files.move(one.toPath(), two.toPath(), StandardCopyOption.ATOMIC_MOVE);
      return new Refusal("renaming a directory replaces another that is not empty", null);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      if (!made) {
        throw trouble.noEffect("use", root, e);
      }
      return null; // As it should be.
    } finally {
      Remains.remove(one);
      Remains.remove(two);
    }
  }

  /** Why a directory cannot keep locks. */
  private record Refusal(String what, @Nullable Exception cause) {
    StoreException of(File root) {
      return new StoreException(
          Kind.REFUSED,
          "the file system of "
              + root
              + " cannot keep locks: "
              + what
              + ". Use a directory on a local disk, NFS or sshfs",
          cause);
    }
  }
}
