package io.tyer.store.redis;

import io.tyer.Tyer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A JVM's first connection loads half of the client library, which is nobody's time-out. */
final class WarmUp {

  private static final AtomicBoolean WARM = new AtomicBoolean();

  private WarmUp() {}

  static boolean isDone() {
    return WARM.get();
  }

  /** Uses the store at this address once, if none was used in this JVM before. */
  static void at(String address) {
    if (WARM.compareAndSet(false, true)) {
      String patient = "connect-timeout=60s&operation-timeout=60s";
      try (Tyer tyer = Tyer.open(address + (address.contains("?") ? "&" : "?") + patient)) {
        var unused = tyer.operator().locks("");
      }
    }
  }
}
