package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Moves records from one version to the next.
 *
 * <p><b>The rules.</b> A record is a directory; version v is a file in it, named by v.
 *
 * <ol>
 *   <li>A file gets its name, by a hard link, after it was written completely, and is not changed
 *       while it has it. It carries a nonce of its own and those of its predecessors. Each attempt
 *       to link draws a nonce of its own, so that a version whose name is gone never gets it back.
 *   <li>Who writes v+1 has found version v to count, links it exclusively, and gives it v's nonce
 *       as predecessor. It <em>counts</em> if v, with that nonce, still had its name at that
 *       moment.
 *   <li>Versions are removed by those who know that one counts which is {@link Pruning#KEPT}
 *       higher, and in ascending order: v only after it was seen that the name v-1 is free. So the
 *       versions that count and are still there have consecutive numbers.
 *   <li>A record appears by renaming a directory that holds version 1, and disappears by renaming
 *       the directory away, after a last version was written that says so. Its directory is never
 *       empty, and whoever comes late finds none.
 * </ol>
 *
 * <p><b>No two versions v+1 count.</b> While v has its name, a v+1 that counts has not been removed
 * (3), and so no other can be linked (2). With v gone, none counts that is linked. Hence versions
 * that count form one chain, and each contains what the one before said: no update is lost. Version
 * 1 is unique because a directory that is not empty is not replaced by a rename (4).
 *
 * <p><b>Bogus files.</b> A writer may be held up between finding v and linking v+1 so long that v
 * and v+1 have come and gone meanwhile. Its link then succeeds and does not count. Such a file is
 * always below the newest version, since v was removed only after v+{@link Pruning#KEPT} counted. A
 * bogus 11 next to a real 20 misleads nobody:
 *
 * <ul>
 *   <li>its writer, because it looks for v afterwards: seeing v with its nonce proves that v was
 *       there when it linked. Not seeing v proves nothing yet, since others may have gone on from
 *       its version and removed v; then it looks for itself among the ancestors of the newest
 *       version. If it is too far back to be among them, it may still prove that it is bogus: v was
 *       gone, v+2 is not there, and v+1 still is; were it one of the chain, v+2 would have counted
 *       before v was removed, and would be there as long as v+1 is (3). Otherwise the outcome is
 *       unknown, and is told so.
 *   <li>a reader that lists the directory, because the newest version is higher, or because it
 *       looks for 10 after having opened 11. A file's predecessor always is a version that counted
 *       (2), so seeing it with the right nonce proves that the file counts, and 10 is gone.
 *   <li>a reader that remembers 10, because it looks for 10 after having seen 11; and one that
 *       remembers the real 11, because it compares nonces.
 *   <li>a writer that removes old versions, because the name 11 belongs to no version that counts
 *       any more: removing it can only be right. So can removing it by its writer or by a sweep.
 * </ul>
 *
 * <p><b>The newest version.</b> Not seeing v+1, and then seeing v, which counts, proves that v was
 * the newest when v+1 was looked for: v+1 could have been removed only after v. The order of the
 * two looks matters. The number to begin with is the one remembered from before, or the highest in
 * a listing. Listings are not atomic and may even miss all versions of a record that changes fast;
 * the number is a guess from which the proof above starts, and if it fails all begins anew. That
 * there is no record is believed only if its directory is absent, never if it seems empty.
 *
 * <p><b>Several writers removing at once.</b> Each removes v after it has seen that v-1 is gone, by
 * its own or another's hand; being gone is final, so being late changes nothing. A version that
 * cannot be removed stops the removal of those after it. A crash leaves more old versions than
 * usual, which the next writer finds by going down from the ones it removes.
 *
 * <p><b>Hands.</b> Whoever removes a record's files one by one while it is written can leave a
 * version whose predecessor is gone without another that counts; nothing tells it from a bogus one,
 * and to decide it takes the atomic step that was missing. It is refused, and a person is told to
 * rename the directory away. That keeps the rules (4) but one: the numbers begin anew. A writer
 * held up meanwhile may link a version that is bogus and higher than the newest. If it lives it
 * removes it, as it finds its predecessor gone; if it dies before that, the record is refused
 * again.
 *
 * <p><b>Crashes.</b> Each step is one system call. Before the link nothing has happened; after it
 * the version counts, or does not, whether its writer lives or not.
 */
final class VersionChain {

  private static final int DRAFTS_TRIED = 3;

  private final StoreDirectory store;
  private final VersionCache cache;
  private final VersionReader reader;
  private final Linking linking;
  private final Pruning pruning;
  private final Surroundings random;
  private final Steps steps;

  VersionChain(
      StoreDirectory store,
      VersionCache cache,
      VersionReader reader,
      Pruning pruning,
      Surroundings random,
      Steps steps) {
    this.store = store;
    this.cache = cache;
    this.reader = reader;
    this.linking = new Linking(store, reader);
    this.pruning = pruning;
    this.random = random;
    this.steps = steps;
  }

  /**
   * Writes the version after {@code expected}; null if that is not the newest.
   *
   * @param last whether the record is removed by it
   */
  @Nullable Version append(RecordDirectory record, Stamped expected, byte[] content, boolean last)
      throws StoreException {
    Version base;
    try {
      base = reader.reread(record, expected);
    } catch (DamagedFileException e) {
      // Or used for another version by now. Whoever reads next finds out.
      return null;
    } catch (IOException e) {
      throw store.trouble().noEffect("read", record.file(expected.version()), e);
    }
    if (base == null || base.last()) {
      return null;
    }
    if (store.isShared()) {
      store.refuseLinks(record);
    }
    for (int i = 0; i < DRAFTS_TRIED; i++) {
      Version next = base.next(Version.nonce(random), content, last);
      byte[] bytes = VersionFile.encode(next, record.name());
      File file = record.file(next.number());
      boolean returned = next.number() > Pruning.KEPT;
      File draft = write(bytes, returned || record.key().kind() == RecordKey.Kind.SESSION);
      steps.at(Step.WRITTEN, file);
      switch (linking.link(record, next, draft)) {
        case LINKED -> {
          store.drafts().used(draft, file, bytes.length);
          return linked(record, base, next) ? next : null;
        }
        case COUNTED -> {
          return next;
        }
        case TAKEN -> {
          return null;
        }
        case DRAFT_GONE -> {
          // With another draft, then, and another nonce.
        }
      }
    }
    throw new StoreException(
        Kind.UNREACHABLE, "cannot write to " + record + ": the files in tmp/ vanish at once");
  }

  /** Finds out whether a version that has got its name counts, and acts upon it. */
  private boolean linked(RecordDirectory record, Version base, Version next) throws StoreException {
    File file = record.file(next.number());
    steps.at(Step.LINKED, file);
    if (!counts(record, base, next)) {
      steps.at(Step.DISCOUNTED, file);
      boolean unused = pruning.remove(record, next.number());
      return false;
    }
    steps.at(Step.COUNTED, file);
    cache.put(record.key(), next);
    pruning.run(record, base, next);
    return true;
  }

  private File write(byte[] bytes, boolean urgent) throws StoreException {
    try {
      return store.drafts().write(bytes, urgent);
    } catch (IOException e) {
      throw store.trouble().noEffect("write to", store.folder("tmp"), e);
    }
  }

  /** Whether a version that has got its name is one of the chain. */
  private boolean counts(RecordDirectory record, Version base, Version next) throws StoreException {
    try {
      return holds(record, base) || isAncestor(record, next);
    } catch (IOException | StoreException e) {
      throw store
          .trouble()
          .unknown("tell whether a new version counts:", record.file(next.number()), e);
    }
  }

  private static boolean holds(RecordDirectory record, Version version) throws IOException {
    try {
      return record.holds(version.number(), version.nonce());
    } catch (DamagedFileException e) {
      // Its file is used for another version by now: it is gone.
      return false;
    }
  }

  /** Whether the newest version descends from this one, whose predecessor is gone. */
  private boolean isAncestor(RecordDirectory record, Version version)
      throws IOException, StoreException {
    Version newest = reader.newest(record);
    long nonce = newest == null ? 0 : newest.nonceAt(version.number());
    if (nonce != 0) {
      return nonce == version.nonce();
    }
    boolean childless = VersionFile.isAbsent(record.file(version.number() + 1));
    if (childless && holds(record, version)) {
      return false;
    }
    throw new StoreException(Kind.UNKNOWN, "too much has changed since");
  }
}
