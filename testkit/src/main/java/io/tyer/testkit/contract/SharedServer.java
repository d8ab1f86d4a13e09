package io.tyer.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Tyer;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes long to start, so that tests share it, one after the other: for as long as
 * each leaves nothing behind, or with a store of its own for each. It ends with this JVM at the
 * latest.
 *
 * @param <S> what the kind starts
 */
public final class SharedServer<S extends StoreServer> implements AutoCloseable {

  private record Running<S>(S server, Path directory) {}

  private final ServerKind kind;
  private final Class<S> type;
  private final AtomicReference<@Nullable Running<S>> running = new AtomicReference<>();
  private int stores;

  /** Not started yet. */
  public SharedServer(ServerKind kind, Class<S> type) {
    this.kind = kind;
    this.type = type;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of " + kind.name()));
  }

  /** What it is. */
  public ServerKind kind() {
    return kind;
  }

  /** Started when it is first asked for; whoever asks is skipped where it cannot be had. */
  public S get() throws IOException {
    Running<S> left = running.get();
    if (left == null) {
      Optional<String> unavailable = kind.unavailable();
      assumeTrue(unavailable.isEmpty(), () -> kind.name() + ": " + unavailable.orElseThrow());
      Path directory = Files.createTempDirectory("tyer-" + kind.name());
      left = new Running<>(type.cast(kind.start(directory)), directory);
      running.set(left);
      warmUp(left.server().address());
    }
    return left.server();
  }

  /** The first connection of this JVM, and the first of a server, is nobody's time-out. */
  private static void warmUp(String address) {
    String patient = "ttl=3m&connect-timeout=60s&operation-timeout=60s";
    try (Tyer tyer = Tyer.open(with(address, patient))) {
      tyer.lock("warm-up").acquireUninterruptibly().close();
    }
  }

  /** An address with more options. */
  public static String with(String address, String options) {
    return address + (address.contains("?") ? "&" : "?") + options;
  }

  /** A number that no store of a test had before. */
  public int nextStore() {
    stores++;
    return stores;
  }

  /** A test is over that had all of it: it ends, too, unless there is nothing in it. */
  public void giveBack() {
    Running<S> left = running.get();
    if (left == null) {
      return;
    }
    boolean clean;
    try {
      clean = left.server().look().isEmpty();
    } catch (IOException e) {
      clean = false;
    }
    if (!clean) {
      close();
    }
  }

  /** Whoever asks for it from here on has another one. */
  @Override
  public void close() {
    Running<S> left = running.getAndSet(null);
    if (left == null) {
      return;
    }
    left.server().close();
    try (Stream<Path> files = Files.walk(left.directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
