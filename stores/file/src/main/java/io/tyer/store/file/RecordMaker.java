package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.file.Steps.Step;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes records and takes them away, both by renaming whole directories: there is a directory with
 * a version in it, or none. Why that is needed is argued in {@link VersionChain}.
 */
final class RecordMaker {

  private static final int TRIES = 3;

  private final StoreDirectory store;
  private final VersionCache cache;
  private final VersionReader reader;
  private final Surroundings random;
  private final Steps steps;

  RecordMaker(
      StoreDirectory store,
      VersionCache cache,
      VersionReader reader,
      Surroundings random,
      Steps steps) {
    this.store = store;
    this.cache = cache;
    this.reader = reader;
    this.random = random;
    this.steps = steps;
  }

  /** Makes a record; null if there is one. */
  @Nullable Version create(RecordDirectory record, byte[] content) throws StoreException {
    store.refuseLinks(record);
    int missed = 0;
    while (true) {
      if (record.directory().exists()) {
        return null;
      }
      Version first = Version.first(Version.nonce(random), content);
      File parcel = store.drafts().newName(".new");
      try {
        return create(record, first, parcel);
      } catch (NoSuchFileException e) {
        // Somebody's sweep took it for that of a dead process, since this one was held up for long.
        missed++;
        if (missed == TRIES) {
          throw store.trouble().noEffect("write to", parcel, e);
        }
      } catch (ClosedByInterruptException e) {
        // With another parcel, then: who calls is not to be told of an interrupt by a failure.
      }
    }
  }

  /**
   * Tries it once.
   *
   * @throws NoSuchFileException if nothing was done for want of the parcel
   * @throws ClosedByInterruptException if nothing was done since the thread was interrupted
   */
  private @Nullable Version create(RecordDirectory record, Version first, File parcel)
      throws StoreException, NoSuchFileException, ClosedByInterruptException {
    File file = new File(parcel, RecordDirectory.fileName(1));
    try {
      store.rights().makeDirectory(parcel.toPath());
      steps.at(Step.MADE, file);
      try (Folder folder = store.open("tmp", parcel.getName())) {
        store.rights().makeFile(folder, file.getName(), VersionFile.encode(first, record.name()));
      }
    } catch (ClosedByInterruptException e) {
      Remains.remove(parcel);
      throw e;
    } catch (IOException e) {
      if (!parcel.exists()) {
        throw (NoSuchFileException) new NoSuchFileException(parcel.getPath()).initCause(e);
      }
      Remains.remove(parcel);
      throw store.trouble().noEffect("write to", parcel, e);
    }
    steps.at(Step.WRITTEN, file);
    try {
      Files.move(parcel.toPath(), record.directory().toPath(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (store.isLocal()) {
        throw e;
      }
      return settleCreation(record, first, parcel, e);
    } catch (IOException e) {
      return settleCreation(record, first, parcel, e);
    }
    steps.at(Step.LINKED, record.file(1));
    cache.put(record.key(), first);
    return first;
  }

  /** A move that failed: there is a record already, or the reply was lost, or nothing was done. */
  private @Nullable Version settleCreation(
      RecordDirectory record, Version first, File parcel, IOException e) throws StoreException {
    boolean moved = !parcel.exists();
    Remains.remove(parcel);
    if (!moved && record.directory().exists()) {
      return null;
    }
    Version newest = reader.newest(record);
    if (newest == null) {
      throw store.trouble().noEffect("make", record.directory(), e);
    }
    long nonce = newest.nonceAt(1);
    if (nonce == 0) {
      throw store.trouble().unknown("make", record.directory(), e);
    }
    return nonce == first.nonce() ? first : null;
  }

  /** Takes a record away whose last version is written. Anybody may do it, again and again. */
  void finishRemoval(RecordDirectory record) {
    store.discard(record.directory());
    cache.remove(record.key());
  }
}
