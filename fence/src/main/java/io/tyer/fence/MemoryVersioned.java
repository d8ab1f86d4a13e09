package io.tyer.fence;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A value in this object, shared by the threads of a process; also in place of the others in tests.
 * Values are kept as bytes, so that nobody changes what another one reads. Never unreachable, and
 * waits for nobody.
 *
 * @param <T> what the value is
 */
public final class MemoryVersioned<T> extends AbstractVersioned<T> {

  private final AtomicReference<@Nullable StoredVersion> kept = new AtomicReference<>();
  private final MemoryChanges changes = new MemoryChanges();

  /** Without a value yet. */
  public MemoryVersioned(String resource, Codec<T> codec) {
    super(resource, codec);
  }

  @Override
  protected Optional<StoredVersion> load() {
    return Optional.ofNullable(kept.get());
  }

  @Override
  protected boolean store(StoredVersion next) {
    return exchange(next.previous(), next);
  }

  @Override
  protected boolean delete(Version expected) {
    return exchange(Optional.of(expected), null);
  }

  @Override
  protected Changes changes() {
    return changes.waiter();
  }

  private boolean exchange(Optional<Version> expected, @Nullable StoredVersion next) {
    StoredVersion found = kept.get();
    boolean written =
        Optional.ofNullable(found).map(StoredVersion::version).equals(expected)
            && kept.compareAndSet(found, next);
    if (written) {
      changes.tell();
    }
    return written;
  }
}
