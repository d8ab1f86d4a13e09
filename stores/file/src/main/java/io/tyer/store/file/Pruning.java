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

  private final Drafts drafts;
  private final Steps steps;

  Pruning(Drafts drafts, Steps steps) {
    this.drafts = drafts;
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
      File old = record.file(number);
      steps.at(Step.PRUNING, old);
      if (!remove(old)) {
        return;
      }
    }
    newest.setPrunedTo(top);
  }

  /** Removes a version's name; whether it certainly is gone. */
  boolean remove(File version) {
    if (!version.delete()) {
      try {
        Files.delete(version.toPath());
      } catch (NoSuchFileException e) {
        // Gone already, by the file system's own word.
      } catch (IOException e) {
        return false;
      }
    }
    drafts.removed(version);
    return true;
  }
}
