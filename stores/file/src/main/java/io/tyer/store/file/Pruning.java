package io.tyer.store.file;

import io.tyer.store.file.Steps.Step;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * Removes versions that are no longer needed. Why in this order is argued in {@link VersionChain}.
 */
final class Pruning {

  /** How many of the newest versions are never removed. */
  static final int KEPT = 3;

  private final StoreDirectory store;
  private final Steps steps;

  Pruning(StoreDirectory store, Steps steps) {
    this.store = store;
    this.steps = steps;
  }

  /** Removes old versions, the oldest first. What cannot be removed stays, and all after it. */
  void run(RecordDirectory record, Version base, Version newest) {
    long top = newest.number() - KEPT;
    if (top < 1) {
      return;
    }
    long low = top;
    try {
      while (low > 1 && base.prunedTo() != low - 1 && !VersionFile.isAbsent(record.file(low - 1))) {
        low--;
      }
    } catch (IOException e) {
      return;
    }
    for (long number = low; number <= top; number++) {
      steps.at(Step.PRUNING, record.file(number));
      if (!remove(record, number)) {
        return;
      }
    }
    newest.setPrunedTo(top);
  }

  /** Removes a version's name; whether it certainly is gone. */
  boolean remove(RecordDirectory record, long number) {
    File version = record.file(number);
    try {
      if (store.isShared()) {
        // Somebody may just now have put a link to other versions in the directory's place.
        try (Folder folder = store.open(record)) {
          folder.delete(version.getName());
        }
      } else if (!version.delete()) {
        Files.delete(version.toPath());
      }
    } catch (NoSuchFileException e) {
      // Gone already, by the file system's own word.
    } catch (IOException e) {
      return false;
    }
    store.drafts().removed(version);
    return true;
  }
}
