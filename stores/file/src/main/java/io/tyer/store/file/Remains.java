package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes what clients leave: files, and directories of files, and in them only what a client could
 * have made. Something else is left where it is, and so is the directory that holds it.
 */
final class Remains {

  private static final Pattern TEMPORARY =
      Pattern.compile("[0-9a-f]{16}(-[0-9]+(\\.new|\\.gone|\\.probe)?|\\.probe)");

  private static final Pattern TRIAL =
      Pattern.compile(Pattern.quote(StoreOpening.DRAFT) + "[0-9a-f]{16}");

  /** Directories of directories: only those in which a diagnosis tries what a mount can do. */
  private static final int DEEPEST = 2;

  private Remains() {}

  /** Whether a client gives such names in {@code tmp/}. */
  static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches() || isTrial(name);
  }

  /** Whether it may be the draft of a marker, or a directory in which a diagnosis tries a mount. */
  static boolean isTrial(String name) {
    return TRIAL.matcher(name).matches();
  }

  private static boolean isContent(String name) {
    return RecordDirectory.number(name) != 0
        || isTemporary(name)
        || name.equals(Inbox.FILE_NAME)
        || name.equals(MountCheck.CONTENT)
        || name.equals(WatchFinding.FILE_NAME);
  }

  /** Removes a file, or a directory of them. What resists is left. */
  static void remove(File file) {
    if (file.delete()) {
      return;
    }
    try (Folder parent = Folder.open(file.getParentFile().toPath())) {
      remove(parent, file.getName());
    } catch (IOException e) {
      // It is left, and swept some day.
    }
  }

  /** The same of a name in an open directory. */
  static void remove(Folder parent, String name) throws IOException {
    remove(parent, name, 1);
  }

  private static void remove(Folder parent, String name, int depth) throws IOException {
    if (!parent.attributes(name).isDirectory()) {
      parent.delete(name);
      return;
    }
    try (Folder folder = parent.open(name)) {
      List<String> contents = new ArrayList<>(folder.names());
      // Oldest version first, as ever: a record that is being removed is one to whoever looks.
      Collections.sort(contents);
      for (String each : contents) {
        boolean removable = depth < DEEPEST || !folder.attributes(each).isDirectory();
        if (isContent(each) && removable) {
          remove(folder, each, depth + 1);
        }
      }
    }
    parent.deleteDirectory(name);
  }
}
