package io.tyer.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory by its descriptor, whatever becomes of its name. */
final class HeldFolder implements Folder {

  private static final Path ITSELF = Path.of(".");

  private final SecureDirectoryStream<Path> held;

  HeldFolder(SecureDirectoryStream<Path> held) {
    this.held = held;
  }

  @Nullable Object key() throws IOException {
    return held.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
  }

  @Override
  public Folder open(String name) throws IOException {
    return new HeldFolder(held.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> listing = held.newDirectoryStream(ITSELF)) {
      for (Path each : listing) {
        names.add(String.valueOf(each.getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public BasicFileAttributes attributes(String name) throws IOException {
    return held.getFileAttributeView(
            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  @Override
  public void create(String name, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    NewFile.write(options -> held.newByteChannel(Path.of(name), options, attributes), content);
  }

  @Override
  public void allow(String name, Set<PosixFilePermission> rights) throws IOException {
    held.getFileAttributeView(
            Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(rights);
  }

  @Override
  public void delete(String name) throws IOException {
    held.deleteFile(Path.of(name));
  }

  @Override
  public void deleteDirectory(String name) throws IOException {
    held.deleteDirectory(Path.of(name));
  }

  @Override
  public void move(String name, Folder to, String newName) throws IOException {
    held.move(Path.of(name), ((HeldFolder) to).held, Path.of(newName));
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
