package io.tyer.store.file;

import io.tyer.store.record.RecordKey;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The version of each record that this client saw last. All of them count (see {@link
 * VersionChain}), but any may be outdated.
 */
final class VersionCache {

  /** Of each map. There are as many lines as buckets, but any number of sessions. */
  private static final int MOST = 4096;

  private final Map<RecordKey, Version> lines = new ConcurrentHashMap<>();
  private final Map<RecordKey, Version> sessions = new ConcurrentHashMap<>();

  @Nullable Version get(RecordKey key) {
    return records(key).get(key);
  }

  void put(RecordKey key, Version version) {
    Map<RecordKey, Version> records = records(key);
    records.put(key, version);
    if (records.size() > MOST) {
      Iterator<RecordKey> any = records.keySet().iterator();
      for (int i = 0; i < MOST / 8 && any.hasNext(); i++) {
        any.next();
        any.remove();
      }
    }
  }

  void remove(RecordKey key) {
    records(key).remove(key);
  }

  private Map<RecordKey, Version> records(RecordKey key) {
    return key.kind() == RecordKey.Kind.SESSION ? sessions : lines;
  }
}
