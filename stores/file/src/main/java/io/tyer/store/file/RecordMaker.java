package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.file.Steps.Step;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes records and takes them away, both by renaming whole directories: there is a directory with
 * a version in it, or none. Why that is needed is argued in {@link VersionChain}.
 */
final class RecordMaker {

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
    if (record.directory().exists()) {
      return null;
    }
    Version first = Version.first(Version.nonce(random), content);
    File parcel = store.drafts().newName(".new");
    File file = new File(parcel, RecordDirectory.fileName(1));
    try {
      Files.createDirectory(parcel.toPath());
      store.rights().addToDirectory(parcel);
      Drafts.writeTo(file, VersionFile.encode(first, record.name()));
      store.rights().addToFile(file);
    } catch (IOException e) {
      Trees.delete(parcel);
      throw store.trouble().noEffect("write to", parcel, e);
    }
    steps.at(Step.WRITTEN, file);
    try {
      Files.move(parcel.toPath(), record.directory().toPath(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      boolean moved = !parcel.exists();
      Trees.delete(parcel);
      return settleCreation(record, first, moved, e);
    }
    steps.at(Step.LINKED, record.file(1));
    cache.put(record.key(), first);
    return first;
  }

  /** A move that failed: there is a record already, or the reply was lost, or nothing was done. */
  private @Nullable Version settleCreation(
      RecordDirectory record, Version first, boolean moved, IOException e) throws StoreException {
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
    File trash = store.drafts().newName(".gone");
    if (record.directory().renameTo(trash)) {
      Trees.delete(trash);
    }
    cache.remove(record.key());
  }
}
