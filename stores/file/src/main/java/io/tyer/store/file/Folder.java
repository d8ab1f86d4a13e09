package io.tyer.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An open directory, in which names are looked up, removed and moved without following links.
 *
 * <p>Where the system lets a directory be held open (Linux), what is done stays in this directory
 * even if somebody puts a link in its place meanwhile. Elsewhere it is found by its name each time.
 */
interface Folder extends Closeable {

  /**
   * Opens a directory.
   *
   * @throws NotDirectoryException if it is a symbolic link, or something else
   */
  @SuppressWarnings("StreamResourceLeak") // who opens the folder closes it
  static Folder open(Path path) throws IOException {
    BasicFileAttributes named =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!named.isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
    DirectoryStream<Path> opened = Files.newDirectoryStream(path);
    if (!(opened instanceof SecureDirectoryStream<Path> held)) {
      opened.close();
      return new NamedFolder(path);
    }
    HeldFolder folder = new HeldFolder(held);
    if (!Objects.equals(folder.key(), named.fileKey())) {
      folder.close();
      throw new NotDirectoryException(path + " was replaced while it was opened");
    }
    return folder;
  }

  /**
   * Opens a directory in this one.
   *
   * @throws IOException also if it is a symbolic link
   */
  Folder open(String name) throws IOException;

  /** The names in it, in no order. */
  List<String> names() throws IOException;

  /** What a name stands for; a link for itself. */
  BasicFileAttributes attributes(String name) throws IOException;

  /** Makes a file and writes it, both by one opening; a name that is there is an error. */
  void create(String name, byte[] content, FileAttribute<?>... attributes) throws IOException;

  /** Gives a file, and no link, these rights. */
  void allow(String name, Set<PosixFilePermission> rights) throws IOException;

  /** Removes a name that is not a directory's. */
  void delete(String name) throws IOException;

  /** Removes an empty directory. */
  void deleteDirectory(String name) throws IOException;

  /** Moves a name at once. */
  void move(String name, Folder to, String newName) throws IOException;
}
