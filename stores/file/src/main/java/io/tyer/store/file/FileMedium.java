package io.tyer.store.file;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Records in a shared directory. */
final class FileMedium implements RecordMedium {

  private final StoreDirectory store;
  private final VersionReader reader;
  private final VersionChain chain;
  private final RecordMaker maker;
  private final Steps steps;
  private final Inboxes inboxes;
  private final Sweep sweep;

  /** A medium on a store; what is older than {@code grace} and nobody's is swept. */
  FileMedium(StoreDirectory store, Surroundings surroundings, Duration grace, Steps steps) {
    this.store = store;
    this.steps = steps;
    VersionCache cache = new VersionCache();
    this.reader = new VersionReader(store, cache, surroundings, steps);
    Pruning pruning = new Pruning(store, steps);
    this.chain = new VersionChain(store, cache, reader, pruning, surroundings, steps);
    this.maker = new RecordMaker(store, cache, reader, surroundings, steps);
    this.inboxes = new Inboxes(store);
    this.sweep = new Sweep(store, reader, pruning, grace);
    store.drafts().reserve();
  }

  @Override
  public String description() {
    return "file:" + store.root();
  }

  /** The bucket is the CRC32C of the name in UTF-8, modulo the number of buckets, in decimal. */
  @Override
  public RecordKey home(LockName name) {
    CRC32C crc = new CRC32C();
    crc.update(name.utf8());
    return new RecordKey(RecordKey.Kind.LINES, Long.toString(crc.getValue() % store.buckets()));
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    RecordDirectory record = store.record(key);
    Version newest = reader.newest(record);
    if (newest != null && newest.last()) {
      maker.finishRemoval(record);
      return null;
    }
    return newest == null ? null : newest.stamped();
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    if (content.length > VersionFile.MAX_CONTENT) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "a record of "
              + content.length
              + " bytes is too large for "
              + store.root()
              + ": spread the locks over more buckets, or let fewer wait for one");
    }
    RecordDirectory record = store.record(key);
    Version next =
        expected == null
            ? maker.create(record, content)
            : chain.append(record, expected, content, false);
    return next == null ? null : next.stamped();
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    if (key.kind() != RecordKey.Kind.SESSION) {
      throw new IllegalArgumentException("only sessions are removed: " + key);
    }
    RecordDirectory record = store.record(key);
    if (chain.append(record, expected, new byte[0], true) == null) {
      return false;
    }
    steps.at(Step.REMOVING, record.directory());
    maker.finishRemoval(record);
    return true;
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    File folder = store.folder(kind);
    String[] names = folder.list();
    if (names == null) {
      store.requireStillThere(kind);
      throw store.trouble().noEffect("list", folder, new IOException("it cannot be listed"));
    }
    List<RecordKey> keys = new ArrayList<>(names.length);
    for (String name : names) {
      if (RecordDirectory.isId(name)) {
        keys.add(new RecordKey(kind, name));
      }
    }
    return keys;
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    RecordDirectory record = store.record(key);
    long written = record.file(version.version()).lastModified();
    long now;
    try {
      now = store.clock().millis();
    } catch (IOException e) {
      throw store.trouble().noEffect("see the time of", store.folder("tmp"), e);
    }
    // Only now: had the name been another version's a moment ago, this one would not be there.
    Version newest = reader.newest(record);
    return newest != null && newest.stamped().same(version)
        ? DirectoryClock.between(written, now)
        : null;
  }

  @Override
  public void hint(Hint hint) {
    inboxes.hint(hint.to(), hint.name());
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints)
      throws StoreException {
    return inboxes.listen(self, name -> hints.accept(name == null ? null : new Hint(self, name)));
  }

  @Override
  public boolean tells() {
    return inboxes.tells();
  }

  @Override
  public void sweepHints(List<SessionId> living) throws StoreException {
    sweep.run(living);
  }

  @Override
  public void close() {
    inboxes.close();
    store.drafts().close();
  }
}
