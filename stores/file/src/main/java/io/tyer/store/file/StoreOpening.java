package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a directory a store, or recognises one. Any number of clients may do so at once: folders
 * are made first, by whom does not matter, and the marker is linked exclusively last.
 */
final class StoreOpening {

  /** What a mount point or a file manager may have put there. */
  private static final String LOST_AND_FOUND = "lost+found";

  /** How the names of files begin that are swept when they are old. */
  static final String DRAFT = ".tyer-";

  private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);
  private static final int MOST_NAMED = 5;
  private static final int TRIES = 3;

  private final Path path;
  private final FileStoreUri uri;
  private final Surroundings surroundings;
  private final Trouble trouble;

  private StoreOpening(Path path, FileStoreUri uri, Surroundings surroundings) {
    this.path = path;
    this.uri = uri;
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
    return open(new FileStoreUri(directory, buckets, true, false), surroundings);
  }

  /** Opens the store that an address names. */
  static StoreDirectory open(FileStoreUri uri, Surroundings surroundings) throws StoreException {
    Path absolute = uri.directory().toAbsolutePath().normalize();
    Trouble trouble = Trouble.atOpening(absolute.toFile());
    for (int tried = 1; ; tried++) {
      try {
        if (!uri.create() && !Files.exists(absolute)) {
          throw noStore(absolute);
        }
        if (!Files.exists(absolute)) {
          Files.createDirectories(absolute, ownerOnly(absolute));
        }
        if (!Files.isDirectory(absolute)) {
          throw new StoreException(Kind.REFUSED, absolute + " is not a directory");
        }
        return new StoreOpening(absolute.toRealPath(), uri, surroundings).open();
      } catch (IOException e) {
        // Somebody's sweep may take what is made here, if this process is held up for long.
        boolean again = e instanceof NoSuchFileException || e instanceof ClosedByInterruptException;
        if (tried == TRIES || !again) {
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

  private StoreDirectory open() throws StoreException, IOException {
    OptionalInt buckets = uri.buckets();
    FormatMarker marker = FormatMarker.read(path.toFile(), trouble);
    if (marker == null && !uri.create()) {
      throw noStore(path);
    }
    if (marker == null) {
      refuseForeign(path);
    }
    for (String folder : StoreDirectory.FOLDERS) {
      refuseLink(path.resolve(folder));
    }
    if (!uri.anybody() && Access.of(path, 0) == Access.ANYBODY) {
      throw openToAnybody();
    }
    Rights rights = Rights.under(path);
    for (String folder : StoreDirectory.FOLDERS) {
      makeFolder(path.resolve(folder), rights);
    }
    if (marker == null) {
      marker = create(buckets.orElse(StoreDirectory.DEFAULT_BUCKETS), rights);
    }
    FileStoreUri.requireBuckets(buckets, path, marker);
    File probe =
        path.resolve("tmp")
            .resolve(HexFormat.of().toHexDigits(surroundings.nextLong()) + ".probe")
            .toFile();
    Files.createFile(probe.toPath());
    StoreDirectory store;
    try {
      store =
          new StoreDirectory(
              path,
              marker,
              MountCheck.isLocal(path),
              isShared(probe.toPath()),
              rights.unlessGiven(probe),
              surroundings);
    } finally {
      Remains.remove(probe);
    }
    MountCheck.require(store.root(), store.drafts(), trouble);
    return store;
  }

  private StoreException openToAnybody() {
    return new StoreException(
        Kind.REFUSED,
        "anybody on this machine may write "
            + path
            + ", and could change the locks or put links to other files there (a sticky bit, as"
            + " that of /tmp, does not keep them from the folders in it). Name a directory in it"
            + " that is not there yet, which is made for its user only; or let a group share it:"
            + " chgrp GROUP "
            + path
            + "; chmod -R o-w "
            + path
            + "; chmod 2770 "
            + path
            + ". If all are to be trusted, add "
            + FileStoreUri.ANYBODY
            + "=true to the address");
  }

  /**
   * Whether others may change names in it; warns of those who were not let in by a group's rights.
   *
   * @param made a file that this process has made there
   */
  private boolean isShared(Path made) throws IOException {
    if (!Access.isKnown(path)) {
      return false;
    }
    int self = Access.owner(made);
    List<Path> above = Access.above(path, self);
    if (!above.isEmpty()) {
      log.warn(
          "others may put another directory in the place of {}, since they may write {}: make it"
              + " where only its user and root may",
          path,
          above);
    }
    if (self == 0 && Access.isForeign(Access.owner(path), self)) {
      log.warn("{} belongs to {}, who may change the locks", path, Files.getOwner(path));
    }
    return Access.of(path, self) != Access.NOBODY;
  }

  private void refuseLink(Path folder) throws StoreException {
    if (Files.isSymbolicLink(folder)) {
      throw trouble.link(folder.toFile());
    }
  }

  private void makeFolder(Path folder, Rights rights) throws StoreException, IOException {
    refuseLink(folder);
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      rights.makeDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private FormatMarker create(int buckets, Rights rights) throws StoreException, IOException {
    FormatMarker marker = new FormatMarker(buckets, surroundings.nextLong());
    File draft = path.resolve(DRAFT + HexFormat.of().toHexDigits(surroundings.nextLong())).toFile();
    try {
      rights.makeFileDurably(draft.toPath(), marker.encode());
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
      Remains.remove(draft);
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
}
