package io.tyer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Clients of one fresh memory store, closed together. */
final class MemoryClients implements AutoCloseable {

  private final String uri = "memory:" + UUID.randomUUID();
  private final List<Tyer> opened = new ArrayList<>();

  String uri() {
    return uri;
  }

  Tyer open() {
    return open("");
  }

  /** With options, as in {@code ttl=1s&batons=0}. */
  Tyer open(String options) {
    return opened(Tyer.open(options.isEmpty() ? uri : uri + "?" + options));
  }

  /** One that was opened otherwise. */
  Tyer opened(Tyer tyer) {
    opened.add(tyer);
    return tyer;
  }

  @Override
  public void close() {
    opened.forEach(Tyer::close);
    try (Tyer last = Tyer.open(uri)) {
      List<LockView> left = last.operator().locks("");
      if (!left.isEmpty()) {
        throw new AssertionError("left in the store: " + left);
      }
    }
  }
}
