package io.tyer.store.zookeeper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Tyer;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members that take a while to start, so that all tests of a class share them: each has a store of
 * its own there, below a path of its own. For one thread at a time.
 */
final class SharedServer implements AutoCloseable {

  private final ServerKind kind;
  private @Nullable ZooKeeperGroup server;
  private @Nullable Path directory;
  private int stores;

  SharedServer(ServerKind kind) {
    this.kind = kind;
  }

  ServerKind kind() {
    return kind;
  }

  /** Started when it is first asked for; whoever asks is skipped where it cannot be had. */
  ZooKeeperGroup get() throws IOException {
    ZooKeeperGroup started = server;
    if (started == null) {
      Optional<String> unavailable = kind.unavailable();
      assumeTrue(unavailable.isEmpty(), () -> kind.name() + ": " + unavailable.orElseThrow());
      Path made = Files.createTempDirectory("tyer-" + kind.name());
      directory = made;
      started = (ZooKeeperGroup) kind.start(made);
      server = started;
      warmUp(started.address());
    }
    return started;
  }

  /** A JVM's first connection loads half of the client library, which is nobody's time-out. */
  private static void warmUp(String address) {
    try (Tyer tyer = Tyer.open(address + "&ttl=3m&connect-timeout=60s&operation-timeout=60s")) {
      var unused = tyer.operator().locks("");
    }
  }

  /** A path at which no store was before. */
  String nextRoot() {
    stores++;
    return "/stores/number-" + stores;
  }

  @Override
  public void close() throws IOException {
    ZooKeeperGroup started = server;
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
