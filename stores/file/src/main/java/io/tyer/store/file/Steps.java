package io.tyer.store.file;

import java.io.File;

/** Called between the steps of a change, so that tests can put something else in between. */
@FunctionalInterface
interface Steps {

  /** Nothing in between. */
  Steps NONE = (step, file) -> {};

  /** Where a change has got to. */
  enum Step {
    /** The directory of a new record is made, and has neither its name nor a version. */
    MADE,
    /** The new version is written completely, but has no name yet. */
    WRITTEN,
    /** The new version has its name; whether it counts is not known yet. */
    LINKED,
    /** The new version counts; old ones are still there. */
    COUNTED,
    /** The new version did not count, and still has its name. */
    DISCOUNTED,
    /** It is decided that a record is removed; its files are still there. */
    REMOVING,
    /** A version was read; whether it counts is not known yet. */
    READ,
    /** An old version is about to be removed. */
    PRUNING
  }

  /** The step was reached with this version's file. */
  void at(Step step, File file);
}
