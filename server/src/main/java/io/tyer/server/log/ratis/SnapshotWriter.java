package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
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

  private final Snapshots snapshots;
  private final long every;

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
    begun = snapshot.getIndex();
    written = snapshot;
    announced = snapshot;
  }

  /** Whether it is time for one; asked by the thread that applies. */
  boolean due(TermIndex applied) {
    return applied.getIndex() - begun >= every && writing.isDone();
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
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    writing = done;
    Thread thread =
        new Thread(
            () -> {
              try {
                written = snapshots.write(at, image);
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
