package io.tyer.store.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Tyer;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Servers that take long to start, so that all tests of a class share them: each has a store of its
 * own there, below a prefix of its own. For one thread at a time.
 *
 * @param <S> what the kind starts
 */
final class SharedServer<S extends StoreServer> implements AutoCloseable {

  private final ServerKind kind;
  private final Class<S> type;
  private @Nullable S server;
  private @Nullable Path directory;
  private int stores;

  SharedServer(ServerKind kind, Class<S> type) {
    this.kind = kind;
    this.type = type;
  }

  ServerKind kind() {
    return kind;
  }

  /** Started when it is first asked for; whoever asks is skipped where it cannot be had. */
  S get() throws IOException {
    S started = server;
    if (started == null) {
      Optional<String> unavailable = kind.unavailable();
      assumeTrue(unavailable.isEmpty(), () -> kind.name() + ": " + unavailable.orElseThrow());
      Path made = Files.createTempDirectory("tyer-" + kind.name());
      directory = made;
      started = type.cast(kind.start(made));
      server = started;
      warmUp(started.address());
    }
    return started;
  }

  /** A JVM's first connection loads half of the client library, which is nobody's time-out. */
  private static void warmUp(String address) {
    try (Tyer tyer =
        Tyer.builder(with(address, "connect-timeout=60s&operation-timeout=60s")).open()) {
      var unused = tyer.operator().locks("");
    }
  }

  /** An address with more options. */
  static String with(String address, String options) {
    return address + (address.contains("?") ? "&" : "?") + options;
  }

  /** A prefix that no store had before. */
  String nextPrefix() {
    stores++;
    return "store-" + stores;
  }

  @Override
  public void close() throws IOException {
    S started = server;
    if (started != null) {
      server = null;
      started.close();
    }
    Path made = directory;
    if (made != null) {
      directory = null;
      try (Stream<Path> files = Files.walk(made)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
