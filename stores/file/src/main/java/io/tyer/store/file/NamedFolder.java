package io.tyer.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory by its name, for systems on which none can be held open. Links in it are not
 * followed; one that takes the place of the directory itself in the same moment is.
 *
 * @param path its name
 */
record NamedFolder(Path path) implements Folder {

  @Override
  public Folder open(String name) throws IOException {
    if (!attributes(name).isDirectory()) {
      throw new NotDirectoryException(path.resolve(name).toString());
    }
    return new NamedFolder(path.resolve(name));
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(each -> String.valueOf(each.getFileName())).toList();
    }
  }

  @Override
  public BasicFileAttributes attributes(String name) throws IOException {
    return Files.readAttributes(
        path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void create(String name, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    NewFile.write(path.resolve(name), content, attributes);
  }

  @Override
  public void allow(String name, Set<PosixFilePermission> rights) throws IOException {
    Files.getFileAttributeView(
            path.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(rights);
  }

  @Override
  public void delete(String name) throws IOException {
    if (attributes(name).isDirectory()) {
      throw new IOException(path.resolve(name) + " is a directory");
    }
    Files.delete(path.resolve(name));
  }

  @Override
  public void deleteDirectory(String name) throws IOException {
    if (!attributes(name).isDirectory()) {
      throw new NotDirectoryException(path.resolve(name).toString());
    }
    Files.delete(path.resolve(name));
  }

  @Override
  public void move(String name, Folder to, String newName) throws IOException {
    Files.move(
        path.resolve(name),
        ((NamedFolder) to).path.resolve(newName),
        StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {}
}
