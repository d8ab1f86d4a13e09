package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes a directory a store, or recognises one. Any number of clients may do so at once: folders
 * are made first, by whom does not matter, and the marker is linked exclusively last.
 */
final class StoreOpening {

  /** What a mount point or a file manager may have put there. */
  private static final String LOST_AND_FOUND = "lost+found";

  /** How the names of files begin that are swept when they are old. */
  static final String DRAFT = ".tyer-";

  private static final int MOST_NAMED = 5;
  private static final int TRIES = 3;

  private final Path path;
  private final boolean create;
  private final Surroundings surroundings;
  private final Trouble trouble;

  private StoreOpening(Path path, boolean create, Surroundings surroundings) {
    this.path = path;
    this.create = create;
    this.surroundings = surroundings;
    this.trouble = Trouble.atOpening(path.toFile());
  }

  /**
   * Opens the store in a directory; makes both where they are missing.
   *
   * @param buckets how many a new store gets; an existing one must have as many
   */
  static StoreDirectory open(Path directory, OptionalInt buckets, Surroundings surroundings)
      throws StoreException {
    return open(directory, buckets, true, surroundings);
  }

  /**
   * Opens the store in a directory.
   *
   * @param buckets how many a new store gets; an existing one must have as many
   * @param create whether a store is made where there is none
   */
  static StoreDirectory open(
      Path directory, OptionalInt buckets, boolean create, Surroundings surroundings)
      throws StoreException {
    Path absolute = directory.toAbsolutePath().normalize();
    Trouble trouble = Trouble.atOpening(absolute.toFile());
    for (int tried = 1; ; tried++) {
      try {
        if (!create && !Files.exists(absolute)) {
          throw noStore(absolute);
        }
        if (!Files.exists(absolute)) {
          Files.createDirectories(absolute, ownerOnly(absolute));
        }
        if (!Files.isDirectory(absolute)) {
          throw new StoreException(Kind.REFUSED, absolute + " is not a directory");
        }
        return new StoreOpening(absolute.toRealPath(), create, surroundings).open(buckets);
      } catch (IOException e) {
        // Somebody's sweep may take what is made here, if this process is held up for long.
        if (tried == TRIES || !(e instanceof NoSuchFileException)) {
          throw trouble.noEffect("open the store in", absolute.toFile(), e);
        }
      }
    }
  }

  private static StoreException noStore(Path path) {
    return new StoreException(
        Kind.UNREACHABLE,
        "there is no store in "
            + path
            + ", and none is made with create=false; if it is on a share, mount it");
  }

  /** Rights of a directory that nobody has made before: nothing for others. */
  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private StoreDirectory open(OptionalInt buckets) throws StoreException, IOException {
    FormatMarker marker = FormatMarker.read(path.toFile(), trouble);
    if (marker == null && !create) {
      throw noStore(path);
    }
    if (marker == null) {
      refuseForeign(path);
    }
    Rights rights = Rights.under(path);
    for (String folder : StoreDirectory.FOLDERS) {
      makeFolder(path.resolve(folder).toFile(), rights);
    }
    if (marker == null) {
      marker = create(buckets.orElse(StoreDirectory.DEFAULT_BUCKETS), rights);
    }
    FileStoreUri.requireBuckets(buckets, path, marker);
    StoreDirectory store =
        new StoreDirectory(
            path, marker, MountCheck.isLocal(path), rights(rights, surroundings), surroundings);
    MountCheck.require(store.root(), store.drafts(), trouble);
    return store;
  }

  private Rights rights(Rights wanted, Surroundings random) throws IOException {
    File probe =
        path.resolve("tmp")
            .resolve(HexFormat.of().toHexDigits(random.nextLong()) + ".probe")
            .toFile();
    Files.createFile(probe.toPath());
    try {
      return wanted.unlessGiven(probe);
    } finally {
      Trees.delete(probe);
    }
  }

  private static void makeFolder(File folder, Rights rights) throws IOException {
    if (folder.isDirectory()) {
      return;
    }
    try {
      Files.createDirectory(folder.toPath());
      rights.addToDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!folder.isDirectory()) {
        throw e;
      }
    }
  }

  private FormatMarker create(int buckets, Rights rights) throws StoreException, IOException {
    FormatMarker marker = new FormatMarker(buckets, surroundings.nextLong());
    File draft = path.resolve(DRAFT + HexFormat.of().toHexDigits(surroundings.nextLong())).toFile();
    try {
      try (FileOutputStream out = new FileOutputStream(draft)) {
        out.write(marker.encode());
        out.getFD().sync();
      }
      rights.addToFile(draft);
      Files.createLink(path.resolve(FormatMarker.FILE_NAME), draft.toPath());
      return marker;
    } catch (FileAlreadyExistsException e) {
      FormatMarker winner = FormatMarker.read(path.toFile(), trouble);
      if (winner == null) {
        throw e;
      }
      return winner;
    } catch (UnsupportedOperationException e) {
      throw new IOException("there are no hard links here", e);
    } finally {
      Trees.delete(draft);
    }
  }

  /** A directory of something else is not made a store by a slip of the pen. */
  static void refuseForeign(Path path) throws StoreException, IOException {
    List<String> foreign = new ArrayList<>();
    String[] names = path.toFile().list();
    if (names == null) {
      throw new IOException("it cannot be listed");
    }
    for (String name : names) {
      boolean ours = StoreDirectory.FOLDERS.contains(name) || name.equals(FormatMarker.FILE_NAME);
      if (!ours && !name.startsWith(".") && !name.equals(LOST_AND_FOUND)) {
        foreign.add(name);
      }
    }
    if (!foreign.isEmpty()) {
      throw new StoreException(
          Kind.REFUSED,
          path
              + " holds something else than a store ("
              + String.join(", ", foreign.subList(0, Math.min(MOST_NAMED, foreign.size())))
              + "): name an empty or a new directory");
    }
  }

  /** Whether a file in the store's directory is left over from making a marker. */
  static boolean isMarkerDraft(String name) {
    return name.startsWith(DRAFT);
  }
}
