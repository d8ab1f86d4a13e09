package io.tyer.testkit.broken;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another medium. */
abstract class PassingMedium implements RecordMedium {

  private final RecordMedium medium;

  PassingMedium(RecordMedium medium) {
    this.medium = medium;
  }

  @Override
  public String description() {
    return medium.description();
  }

  @Override
  public RecordKey home(LockName name) {
    return medium.home(name);
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    return medium.read(key);
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    return medium.replace(key, expected, content);
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    return medium.remove(key, expected);
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    return medium.list(kind);
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    return medium.age(key, version);
  }

  @Override
  public void hint(Hint hint) {
    medium.hint(hint);
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints)
      throws StoreException {
    return medium.listen(self, hints);
  }

  @Override
  public boolean tells() {
    return medium.tells();
  }

  @Override
  public void sweepHints(List<SessionId> living) throws StoreException {
    medium.sweepHints(living);
  }

  @Override
  public void close() {
    medium.close();
  }
}
