package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** Snapshots as files, each with its digest beside it. */
final class Snapshots {

  private final SimpleStateMachineStorage storage;

  Snapshots(SimpleStateMachineStorage storage) {
    this.storage = storage;
  }

  /** Writes an image, and returns it when it is sure to survive. */
  SnapshotInfo write(TermIndex at, LogMachine.Image image) throws IOException {
    File file = storage.getSnapshotFile(at.getTerm(), at.getIndex());
    Path written = file.toPath().resolveSibling(file.getName() + ".writing");
    MessageDigest digest = MD5FileUtil.newMD5();
    try {
      try (FileOutputStream out = new FileOutputStream(written.toFile())) {
        OutputStream digesting = new DigestOutputStream(out, digest);
        OutputStream buffered = new BufferedOutputStream(digesting, 1 << 16);
        image.writeTo(buffered);
        buffered.flush();
        out.getFD().sync();
      }
      // The digest first: a snapshot without one would be trusted unread.
      MD5Hash md5 = MD5Hash.newInstance(digest.digest());
      MD5FileUtil.saveMD5File(file, md5);
      WholeFile.name(written, file.toPath());
      image.written(Files.size(file.toPath()));
      return new SingleFileSnapshotInfo(
          new FileInfo(file.toPath(), md5), at.getTerm(), at.getIndex());
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * Restores a machine from the newest snapshot, if there is one.
   *
   * @return that snapshot
   */
  @Nullable SnapshotInfo restore(LogMachine machine) throws IOException {
    SingleFileSnapshotInfo newest = storage.loadLatestSnapshot();
    if (newest == null) {
      return null;
    }
    Path file = newest.getFile().getPath();
    MessageDigest digest = MD5FileUtil.newMD5();
    MD5Hash expected = MD5FileUtil.readStoredMd5ForFile(file.toFile());
    if (expected == null) {
      throw corrupt(file, "its digest " + file.getFileName() + ".md5 is missing", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    if (!expected.equals(MD5Hash.newInstance(digest.digest()))) {
      throw corrupt(file, "its content does not fit its digest", null);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      machine.restore(in);
    } catch (IOException | RuntimeException e) {
      throw corrupt(file, String.valueOf(e.getMessage()), e);
    }
    return newest;
  }

  private static IOException corrupt(Path file, String why, @Nullable Throwable cause) {
    return new IOException(
        "the snapshot " + file + " cannot be used: " + why + ". " + Home.HOW_TO_START_OVER, cause);
  }
}
