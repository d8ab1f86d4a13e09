package io.tyer.store.file;

import io.tyer.spi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Who may write the directory: whoever may can do anything to the locks in it. */
final class RightsFindings {

  private static final int ANYBODY_WRITES = 0002;
  private static final int GROUP_WRITES = 0020;
  private static final int SET_GROUP = 02000;
  private static final int BITS = 07777;

  private RightsFindings() {}

  /** Nothing where there are no such rights, or where the directory is only the one above. */
  static List<Finding> of(Path directory, boolean itself) {
    if (!itself || !directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return List.of();
    }
    try {
      int mode = (Integer) Files.getAttribute(directory, "unix:mode") & BITS;
      String owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
      String group = Files.getAttribute(directory, "posix:group").toString();
      return List.of(judge(directory, mode, owner, group));
    } catch (IOException e) {
      return List.of(
          Finding.warning("rights", "the rights of " + directory + " cannot be read: " + e, ""));
    }
  }

  private static Finding judge(Path directory, int mode, String owner, String group) {
    String shown = String.format(" (mode %04o)", mode);
    if ((mode & ANYBODY_WRITES) != 0) {
      return Finding.warning(
          "rights",
          "anybody on this machine may change the locks" + shown,
          "let one group share them: chgrp GROUP " + directory + "; chmod 2770 " + directory);
    }
    if ((mode & GROUP_WRITES) == 0) {
      return Finding.ok("rights", "only " + owner + " may change the locks" + shown);
    }
    if ((mode & SET_GROUP) == 0) {
      return Finding.warning(
          "rights",
          "the group "
              + group
              + " may write, but what is made inside may get another group"
              + shown,
          "chmod -R g+rwX " + directory + "; find " + directory + " -type d -exec chmod g+s {} +");
    }
    return Finding.ok(
        "rights", owner + " and the group " + group + " may change the locks" + shown);
  }
}
