package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * Gives a draft the name of its version, and finds out whether that was done.
 *
 * <p>On a local file system the answer says it. On a network mount a link may have been made
 * although it is reported to have failed: because the reply was lost and the request repeated, or
 * because the mount looked at the new name afterwards and others had pruned it already (sshfs
 * does).
 */
final class Linking {

  /** What became of the name. */
  enum Outcome {
    /** It was given to this version. Whether that counts is not known yet. */
    LINKED,
    /** It was given to this version, which counts. */
    COUNTED,
    /** It was not given to this version, and never will be so that it counts. */
    TAKEN,
    /** Nothing was done, since the draft was gone. */
    DRAFT_GONE
  }

  private final StoreDirectory store;
  private final VersionReader reader;

  Linking(StoreDirectory store, VersionReader reader) {
    this.store = store;
    this.reader = reader;
  }

  /** Tries it once. No version may be tried twice, or one that was pruned could come back. */
  Outcome link(RecordDirectory record, Version version, File draft) throws StoreException {
    File file = record.file(version.number());
    try {
      Files.createLink(file.toPath(), draft.toPath());
      return Outcome.LINKED;
    } catch (IOException e) {
      return store.isLocal()
          ? failedHere(record, file, draft, e)
          : settle(record, version, draft, e);
    }
  }

  private Outcome failedHere(RecordDirectory record, File file, File draft, IOException e)
      throws StoreException {
    if (e instanceof FileAlreadyExistsException) {
      store.drafts().unused(draft);
      return Outcome.TAKEN;
    }
    store.drafts().lost(draft);
    if (e instanceof NoSuchFileException) {
      return gone(record);
    }
    throw store.trouble().noEffect("write", file, e);
  }

  /** The record was removed, or somebody's sweep took the draft for one of a dead process. */
  private Outcome gone(RecordDirectory record) throws StoreException {
    if (record.directory().exists()) {
      return Outcome.DRAFT_GONE;
    }
    store.requireStillThere(record.key().kind());
    return Outcome.TAKEN;
  }

  private Outcome settle(RecordDirectory record, Version version, File draft, IOException failure)
      throws StoreException {
    store.drafts().lost(draft);
    File file = record.file(version.number());
    Version newest;
    try {
      if (record.holds(version.number(), version.nonce())) {
        return Outcome.LINKED;
      }
      newest = reader.newest(record);
    } catch (IOException | StoreException e) {
      failure.addSuppressed(e);
      throw store.trouble().unknown("write", file, failure);
    }
    long nonce = newest == null ? 0 : newest.nonceAt(version.number());
    if (nonce != 0) {
      return nonce == version.nonce() ? Outcome.COUNTED : Outcome.TAKEN;
    }
    if (newest != null && newest.number() < version.number()) {
      // Not done; that it will not be done later is certain only if the server has said no.
      if (failure instanceof FileAlreadyExistsException) {
        return Outcome.TAKEN;
      }
      if (failure instanceof NoSuchFileException) {
        return gone(record);
      }
      if (store.trouble().explainsFailure(file)) {
        throw store.trouble().noEffect("write", file, failure);
      }
    }
    throw new StoreException(
        Kind.UNKNOWN,
        "cannot tell whether " + file + " was written, or will be (" + failure.getMessage() + ")",
        failure);
  }
}
