package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.RecordKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A directory that is a store:
 *
 * <pre>
 * tyer-store             what makes it one, see FormatMarker
 * lines/17/              the versions of a record, see RecordDirectory
 * sessions/(id)/         likewise
 * shared/(id)/           likewise
 * inbox/(session)/hints  see Inboxes
 * tmp/(client)-*         what is being written, see Drafts
 * </pre>
 */
final class StoreDirectory {

  static final int DEFAULT_BUCKETS = 256;
  static final List<String> FOLDERS = List.of("lines", "sessions", "shared", "inbox", "tmp");

  /** Enough for all versions of all buckets that are kept, so that drafts are used again. */
  private static final int DRAFTS_PER_BUCKET = Pruning.KEPT + 1;

  private static final int MOST_DRAFTS = 2048;

  private final File root;
  private final FormatMarker marker;
  private final boolean local;
  private final boolean shared;
  private final String tempPrefix;
  private final Trouble trouble;
  private final Rights rights;
  private final Drafts drafts;
  private final DirectoryClock clock;

  /**
   * A directory that has been prepared, see {@link StoreOpening}.
   *
   * @param shared whether others than its user may change names in it
   */
  StoreDirectory(
      Path path,
      FormatMarker marker,
      boolean local,
      boolean shared,
      Rights rights,
      Surroundings surroundings) {
    this.root = path.toFile();
    this.marker = marker;
    this.local = local;
    this.shared = shared;
    this.trouble = Trouble.ofStore(root);
    this.tempPrefix =
        new File(folder("tmp"), HexFormat.of().toHexDigits(surroundings.nextLong()) + "-")
            .getPath();
    this.rights = rights;
    int kept =
        local && !(shared && Access.mayLinkFilesOfOthers())
            ? Math.min(MOST_DRAFTS, marker.buckets() * DRAFTS_PER_BUCKET + 8)
            : 0;
    this.drafts = new Drafts(tempPrefix, rights, shared, kept);
    this.clock = new DirectoryClock(tempPrefix);
  }

  File root() {
    return root;
  }

  int buckets() {
    return marker.buckets();
  }

  /** Whether one kernel stands between all users. */
  boolean isLocal() {
    return local;
  }

  /** Whether others than this user and root may change names in it, and put links there. */
  boolean isShared() {
    return shared;
  }

  Rights rights() {
    return rights;
  }

  Drafts drafts() {
    return drafts;
  }

  DirectoryClock clock() {
    return clock;
  }

  Trouble trouble() {
    return trouble;
  }

  /** Whether a name in {@code tmp/} is this client's. */
  boolean isOwnTemp(String name) {
    return new File(folder("tmp"), name).getPath().startsWith(tempPrefix);
  }

  File folder(String name) {
    return new File(root, name);
  }

  File folder(RecordKey.Kind kind) {
    return folder(
        switch (kind) {
          case LINES -> "lines";
          case SESSION -> "sessions";
          case SHARED -> "shared";
        });
  }

  /**
   * Makes sure that the folders and this record, if it is there, are directories of the store.
   *
   * @throws StoreException REFUSED if one of them is a symbolic link
   */
  void refuseLinks(RecordDirectory record) throws StoreException {
    refuseLink(folder(record.key().kind()));
    refuseLink(record.directory());
    refuseLink(folder("tmp"));
  }

  /** The same of all folders. */
  void refuseLinks() throws StoreException {
    for (String folder : FOLDERS) {
      refuseLink(folder(folder));
    }
  }

  void refuseLink(File file) throws StoreException {
    if (Files.isSymbolicLink(file.toPath())) {
      throw trouble.link(file);
    }
  }

  /** Opens a record's directory, wherever links may lead. */
  Folder open(RecordDirectory record) throws IOException {
    return open(folder(record.key().kind()).getName(), record.key().id());
  }

  /** Opens a directory in one of the store's folders, wherever links may lead. */
  Folder open(String folder, String name) throws IOException {
    try (Folder top = Folder.open(root.toPath());
        Folder opened = top.open(folder)) {
      return opened.open(name);
    }
  }

  /** Removes a record's directory if it is empty; whether it has. */
  boolean removeEmpty(RecordDirectory record) {
    try (Folder top = Folder.open(root.toPath());
        Folder folder = top.open(folder(record.key().kind()).getName())) {
      folder.deleteDirectory(record.key().id());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes a directory of the store away at once, and removes what is in it. */
  void discard(File directory) {
    String trash = drafts.newName(".gone").getName();
    try (Folder top = Folder.open(root.toPath());
        Folder folder = top.open(directory.getParentFile().getName());
        Folder tmp = top.open("tmp")) {
      folder.move(directory.getName(), tmp, trash);
      Remains.remove(tmp, trash);
    } catch (IOException e) {
      // Whoever looks next does it, or a sweep.
    }
  }

  RecordDirectory record(RecordKey key) {
    return new RecordDirectory(folder(key.kind()), key);
  }

  /**
   * Makes sure that what was not found is not missing merely because the share was unmounted, or
   * because another store stands in its place.
   */
  void requireStillThere(RecordKey.Kind kind) throws StoreException {
    FormatMarker now = FormatMarker.read(root, trouble);
    if (now == null || !folder(kind).isDirectory()) {
      throw trouble.missing(folder(kind));
    }
    if (now.id() != marker.id()) {
      throw new StoreException(
          Kind.REFUSED,
          "another store was made in "
              + root
              + " while this client was using the one before:"
              + " restart the client");
    }
  }
}
