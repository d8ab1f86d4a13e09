package io.tyer.store.file;

import io.tyer.spi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may write the directory: whoever may can do anything to the locks in it. */
final class RightsFindings {

  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int SET_GROUP = 02000;
  private static final int BITS = 07777;

  private RightsFindings() {}

  /**
   * Nothing where there are no such rights, or where the directory is only the one above.
   *
   * @param anybody whether every user is to be trusted
   * @param made what this process has made there, which tells as whom it works there; null if
   *     nothing was made, which says that there is a problem of another kind
   */
  static List<Finding> of(Path directory, boolean itself, boolean anybody, @Nullable Path made) {
    if (!itself || !directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return List.of();
    }
    try {
      Path real = directory.toRealPath();
      int mode = (Integer) Files.getAttribute(directory, "unix:mode") & BITS;
      int self = Access.owner(made == null ? real : made);
      boolean foreign = self == 0 && Access.isForeign(Access.owner(real), self);
      String owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
      String group = Files.getAttribute(directory, "posix:group").toString();
      List<Finding> findings = new ArrayList<>();
      Access access = Access.of(real, self);
      findings.add(
          access == Access.ANYBODY
              ? anybody(directory, mode, anybody)
              : judge(directory, mode, owner, group));
      if (foreign) {
        findings.add(
            Finding.warning(
                "rights",
                "it belongs to " + owner + ", who may change the locks that root takes in it",
                "let root take locks in a directory of its own, or run what takes them as "
                    + owner));
      }
      List<Path> above = Access.above(real, self);
      if (!above.isEmpty()) {
        findings.add(
            Finding.warning(
                "rights",
                "others may put another directory in its place, since they may write " + above,
                "make it where only its user and root may write"));
      }
      if (access != Access.NOBODY && Access.mayLinkFilesOfOthers()) {
        findings.add(
            Finding.warning(
                "links",
                "whoever may write it can give names in it to files of others",
                "set fs.protected_hardlinks=1"));
      }
      return findings;
    } catch (IOException e) {
      return List.of(
          Finding.warning("rights", "the rights of " + directory + " cannot be read: " + e, ""));
    }
  }

  private static Finding anybody(Path directory, int mode, boolean wanted) {
    String text =
        String.format(
            "anybody on this machine may change the locks, or put links to other files there"
                + " (mode %04o%s)",
            mode,
            (mode & STICKY) == 0
                ? ""
                : "; the sticky bit keeps nobody from writing in the folders in it");
    String advice =
        "let one group share them: chgrp GROUP "
            + directory
            + "; chmod -R o-w "
            + directory
            + "; chmod 2770 "
            + directory;
    return wanted
        ? Finding.warning("rights", text, advice)
        : Finding.problem("rights", text, advice);
  }

  private static Finding judge(Path directory, int mode, String owner, String group) {
    String shown = String.format(" (mode %04o)", mode);
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
