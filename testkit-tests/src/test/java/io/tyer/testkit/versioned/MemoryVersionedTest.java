package io.tyer.testkit.versioned;

import io.tyer.fence.Codec;
import io.tyer.fence.MemoryVersioned;
import io.tyer.fence.Versioned;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class MemoryVersionedTest extends VersionedContract {

  private final Map<String, Versioned<?>> kept = new ConcurrentHashMap<>();

  /** The same object: there is nothing else to share. */
  @Override
  @SuppressWarnings("unchecked")
  protected <T> Versioned<T> open(String resource, Codec<T> codec) {
    return (Versioned<T>)
        kept.computeIfAbsent(resource, name -> new MemoryVersioned<>(name, codec));
  }
}
