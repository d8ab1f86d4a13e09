package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots in the background, one at a time. The engine hears of one when it is sure to
 * survive, and asks by {@link #announce}; only then it forgets entries.
 */
final class SnapshotWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

  /** After so many bytes of entries there is one, however few they are. */
  private static final long EVERY_BYTES = 4 << 20;

  private final Snapshots snapshots;
  private final long every;

  /** Bytes of entries since the last one was begun; touched by the thread that applies only. */
  private long bytes;

  /** Of the newest one. */
  private volatile long size;

  /** Where the last one was begun or loaded; touched by the thread that applies only. */
  private long begun = -1;

  private volatile CompletableFuture<@Nullable Void> writing =
      CompletableFuture.completedFuture(null);
  private volatile @Nullable SnapshotInfo written;
  private volatile @Nullable SnapshotInfo announced;
  private volatile boolean wanted;

  SnapshotWriter(Snapshots snapshots, long every) {
    this.snapshots = snapshots;
    this.every = every;
  }

  /** The newest one that the engine has heard of. */
  @Nullable SnapshotInfo announced() {
    return announced;
  }

  /** Has one begun by the next {@link #announce}, however few entries there are. */
  void want() {
    wanted = true;
  }

  /** Completes when what has been begun is written, or has failed. */
  CompletableFuture<@Nullable Void> idle() {
    return writing;
  }

  /** The machine is as this one says. */
  void restored(SnapshotInfo snapshot) {
    size = size(snapshot);
    begun = snapshot.getIndex();
    written = snapshot;
    announced = snapshot;
  }

  /** An entry of so many bytes was applied; told by the thread that applies. */
  void applied(int entryBytes) {
    bytes += entryBytes;
  }

  /**
   * Whether it is time for one; asked by the thread that applies. Large ones are written more
   * rarely, so that what is written for them is at most twice the log.
   */
  boolean due(TermIndex applied) {
    return (applied.getIndex() - begun >= every || bytes >= Math.max(EVERY_BYTES, size / 2))
        && writing.isDone();
  }

  private static long size(SnapshotInfo snapshot) {
    return snapshot.getFiles().stream().mapToLong(FileInfo::getFileSize).sum();
  }

  /**
   * Tells of what is written.
   *
   * @return the index up to which entries are in it; −1 for none
   */
  long announce(TermIndex applied, LogMachine machine, Runnable afterwards) {
    if (wanted && writing.isDone()) {
      wanted = false;
      if (applied.getIndex() > begun) {
        begin(applied, machine.image(), afterwards);
      }
    }
    SnapshotInfo newest = written;
    announced = newest;
    return newest == null ? -1 : newest.getIndex();
  }

  /** Begins one; called by the thread that applies, when none is being written. */
  void begin(TermIndex at, LogMachine.Image image, Runnable afterwards) {
    begun = at.getIndex();
    bytes = 0;
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    writing = done;
    Thread thread =
        new Thread(
            () -> {
              try {
                SnapshotInfo snapshot = snapshots.write(at, image);
                size = size(snapshot);
                written = snapshot;
                afterwards.run();
              } catch (IOException | RuntimeException e) {
                LOG.error(
                    "No snapshot could be written at {}; the log keeps growing until one can",
                    at,
                    e);
              } finally {
                done.complete(null);
              }
            },
            "tyer-snapshot");
    thread.setDaemon(true);
    thread.start();
  }
}
