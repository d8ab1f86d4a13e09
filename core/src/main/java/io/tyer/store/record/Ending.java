package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session that ends has to put away. */
final class Ending {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private Ending() {}

  /**
   * Drops the tickets of a session from every line it may stand in, bucket by bucket, and forgets
   * those lines of which that is done. A bucket that is refused does not keep it from the others.
   */
  static void dropTickets(
      StoreParts parts, SessionId id, Map<RequestId, Entered> entered, Deadline deadline)
      throws StoreException {
    Map<RecordKey, Set<LockName>> homes = new HashMap<>();
    for (Entered one : entered.values()) {
      LockName name = one.name();
      homes.computeIfAbsent(parts.medium().home(name), home -> new TreeSet<>()).add(name);
    }
    StoreException refused = null;
    for (Map.Entry<RecordKey, Set<LockName>> home : homes.entrySet()) {
      Set<LockName> names = home.getValue();
      try {
        parts
            .waking()
            .granted(
                parts
                    .buckets()
                    .change(
                        home.getKey(),
                        new DropTickets(names, id::equals, parts.surroundings()),
                        deadline)
                    .wakes());
        entered.values().removeIf(one -> names.contains(one.name()));
      } catch (StoreException e) {
        if (e.kind() != Kind.REFUSED) {
          throw e;
        }
        refused = e;
      }
    }
    if (refused != null) {
      throw refused;
    }
  }

  /** Ends the listening of a session; what that leaves is swept by others. */
  static void close(SessionId id, @Nullable AutoCloseable listening) {
    if (listening == null) {
      return;
    }
    try {
      listening.close();
    } catch (Exception e) {
      LOG.warn("the hints for session {} are left to be swept: {}", id, e.toString());
    }
  }
}
