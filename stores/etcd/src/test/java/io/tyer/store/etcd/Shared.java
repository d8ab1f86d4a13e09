package io.tyer.store.etcd;

import io.tyer.Tyer;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that the tests of this JVM share, one after the other, for as long as each leaves
 * nothing behind.
 */
final class Shared {

  private record Running(EtcdCluster cluster, Path directory) {}

  private final ServerKind kind;
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  Shared(ServerKind kind) {
    this.kind = kind;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of " + kind.name()));
  }

  /** One in which there is nothing. */
  EtcdCluster get() throws IOException {
    Running left = running.get();
    if (left == null) {
      Path directory = Files.createTempDirectory("tyer-" + kind.name());
      EtcdCluster cluster = (EtcdCluster) kind.start(directory);
      left = new Running(cluster, directory);
      running.set(left);
      warmUp(cluster);
    }
    return left.cluster();
  }

  /** The first connection of this JVM, and the first of a server, is nobody's time-out. */
  private static void warmUp(EtcdCluster cluster) {
    try (Tyer tyer =
        Tyer.open(cluster.address() + "?ttl=3m&connect-timeout=60s&operation-timeout=60s")) {
      tyer.lock("warm-up").acquireUninterruptibly().close();
    }
  }

  /** A test is over. */
  void giveBack() {
    Running left = running.get();
    if (left == null) {
      return;
    }
    boolean clean;
    try {
      clean = left.cluster().look().isEmpty();
    } catch (IOException e) {
      clean = false;
    }
    if (!clean) {
      end();
    }
  }

  private void end() {
    Running left = running.getAndSet(null);
    if (left == null) {
      return;
    }
    left.cluster().close();
    try (Stream<Path> files = Files.walk(left.directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
