package io.tyer.store.file;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreException;
import io.tyer.store.record.ProcessProof;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a directory before a client opens the store in it. What a store needs is
 * tried in a directory of its own, which is removed again: in the store's {@code tmp/}, or beside
 * what is not there yet. One that is left behind by a crash is swept like everything there.
 */
final class FileDiagnosis {

  /** A block of most file systems: an empty file needs none, and is made on a full one. */
  private static final int FULL_BLOCK = 4096;

  private static final String MOUNT_IT =
      "if it is on a share, mount it; else leave create=false out";

  private final Path path;
  private final FileStoreUri uri;
  private final Settings settings;
  private final List<Finding> findings = new ArrayList<>();

  private FileDiagnosis(FileStoreUri uri, Settings settings) {
    this.path = uri.directory().toAbsolutePath().normalize();
    this.uri = uri;
    this.settings = settings;
  }

  static Diagnosis of(FileStoreUri uri, Settings settings) {
    return new FileDiagnosis(uri, settings).run();
  }

  private Diagnosis run() {
    Path base = path;
    while (!Files.exists(base) && base.getParent() != null) {
      base = base.getParent();
    }
    if (!Files.isDirectory(base)) {
      problem("directory", base + " is not a directory", "name a directory, or none yet");
      return new Diagnosis(false, findings);
    }
    boolean store = look(base);
    findLinks();
    boolean itself = base.equals(path);
    List<Finding> mounts = MountFindings.of(base);
    boolean tried = isUsable(findings) && isUsable(mounts) && !isRefused(base, itself);
    Path scratch = tried ? makeScratch(base, store) : null;
    try {
      findings.addAll(RightsFindings.of(base, itself, uri.anybody(), scratch));
      findings.addAll(mounts);
      if (scratch != null) {
        tryOut(scratch);
      }
    } finally {
      if (scratch != null) {
        Remains.remove(scratch.toFile());
      }
    }
    findings.addAll(ProcessFindings.of(ProcessProof.ofThisHost(), settings.ttl()));
    return new Diagnosis(store && isUsable(findings), findings);
  }

  /** Whether nothing speaks against it so far: in what is not ours nothing is tried. */
  private static boolean isUsable(List<Finding> findings) {
    return findings.stream().noneMatch(one -> one.level() == Level.PROBLEM);
  }

  /** Whether a client would not open it, since anybody may write it. */
  private boolean isRefused(Path base, boolean itself) {
    try {
      return itself && !uri.anybody() && Access.of(base.toRealPath(), 0) == Access.ANYBODY;
    } catch (IOException e) {
      return false;
    }
  }

  /** Looks at what is there; whether it is a store. */
  private boolean look(Path base) {
    if (!base.equals(path) && !uri.create()) {
      problem("directory", "there is no " + path + ", and create=false makes none", MOUNT_IT);
      return false;
    }
    if (!base.equals(path)) {
      findings.add(
          Finding.ok(
              "directory",
              "there is no " + path + " yet; the first client makes it, private to its user"));
      return false;
    }
    try {
      FormatMarker marker = FormatMarker.read(path.toFile(), Trouble.atOpening(path.toFile()));
      if (marker == null && !uri.create()) {
        problem("directory", "there is no store in " + path, MOUNT_IT);
        return false;
      }
      if (marker == null) {
        StoreOpening.refuseForeign(path);
        findings.add(
            Finding.ok("directory", path + " is empty; the first client makes it a store"));
        return false;
      }
      FileStoreUri.requireBuckets(uri.buckets(), path, marker);
      findings.add(
          Finding.ok(
              "format",
              String.format(
                  "the store in %s has format %d (this Tyer knows up to %d), %d buckets",
                  path, FormatMarker.FORMAT, FormatMarker.FORMAT, marker.buckets())));
      return true;
    } catch (StoreException | IOException e) {
      problem("format", String.valueOf(e.getMessage()), "");
      return false;
    }
  }

  /** A link in place of a folder leads to where nothing must be tried. */
  private void findLinks() {
    for (String name : StoreDirectory.FOLDERS) {
      Path folder = path.resolve(name);
      if (Files.isSymbolicLink(folder)) {
        StoreException why = Trouble.atOpening(path.toFile()).link(folder.toFile());
        problem("links", String.valueOf(why.getMessage()), "");
      }
    }
  }

  private @Nullable Path makeScratch(Path base, boolean store) {
    String name =
        StoreOpening.DRAFT + HexFormat.of().toHexDigits(settings.surroundings().nextLong());
    Path tmp = base.resolve("tmp");
    boolean inStore = store && Files.isDirectory(tmp, LinkOption.NOFOLLOW_LINKS);
    Path scratch = (inStore ? tmp : base).resolve(name);
    try {
      return Files.createDirectory(scratch);
    } catch (IOException e) {
      failed(base, scratch, e);
      return null;
    }
  }

  private void tryOut(Path scratch) {
    String prefix = scratch.resolve(HexFormat.of().toHexDigits(0L) + "-").toString();
    try (Drafts drafts = new Drafts(prefix, Rights.PRIVATE, false, 0)) {
      MountCheck.require(scratch.toFile(), drafts, Trouble.atOpening(scratch.toFile()));
      Remains.remove(drafts.write(new byte[FULL_BLOCK], false));
      findings.add(
          Finding.ok(
              "links", "files can be made, linked and removed, and links and renames exclude"));
      findings.add(WatchFinding.of(scratch, settings.surroundings()));
      findings.add(
          ClockFinding.of(
              new DirectoryClock(prefix).millis(),
              settings.surroundings().wallMillis(),
              MountCheck.isLocal(scratch)));
    } catch (StoreException e) {
      problem("links", String.valueOf(e.getMessage()), "");
    } catch (IOException e) {
      failed(scratch, scratch, e);
    }
  }

  private void failed(Path root, Path at, IOException e) {
    File file = at.toFile();
    StoreException why = Trouble.atOpening(root.toFile()).noEffect("make", file, e);
    problem("links", String.valueOf(why.getMessage()), "");
  }

  private void problem(String topic, String text, String advice) {
    findings.add(Finding.problem(topic, text, advice));
  }
}
