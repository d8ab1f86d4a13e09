package io.tyer.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.spi.LineStoreProvider;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The adapter for a store that tests can start as a {@link ServerKind}: whoever has written one has
 * all that the contract needs. May be extended for what is special about a store.
 */
public class ServerUnderTest implements StoreUnderTest {

  private final String kind;
  private final StoreServer server;
  private final LineStoreProvider provider;

  /**
   * Starts a server; the test is skipped, with the reason, if it cannot be had on this machine.
   *
   * @param directory an empty directory for whatever it keeps
   */
  public ServerUnderTest(ServerKind kind, LineStoreProvider provider, Path directory)
      throws IOException {
    this(kind, provider, () -> kind.start(directory));
  }

  /**
   * Has a server started otherwise than by its kind, such as one that several tests share; the test
   * is skipped, with the reason, if the kind cannot be had on this machine.
   */
  protected ServerUnderTest(ServerKind kind, LineStoreProvider provider, Start start)
      throws IOException {
    Optional<String> unavailable = kind.unavailable();
    assumeTrue(unavailable.isEmpty(), () -> kind.name() + ": " + unavailable.orElseThrow());
    this.kind = kind.name();
    this.provider = provider;
    this.server = start.server();
  }

  /** What starts a server. */
  @FunctionalInterface
  public interface Start {
    /** Starts it, and returns when clients can connect. */
    StoreServer server() throws IOException;
  }

  /** What was started. */
  protected final StoreServer server() {
    return server;
  }

  @Override
  public final String kind() {
    return kind;
  }

  @Override
  public Seat seat() {
    return server.endpoint().isPresent()
        ? new ProxySeat(server, provider)
        : new LocalSeat(server.address(), provider);
  }

  @Override
  public Contents look() throws IOException {
    return server.look();
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return switch (feature) {
      case RESTART ->
          server.hasProcess()
              ? Optional.empty()
              : Optional.of("there is no server that could be restarted");
      case REMOVE_LINE -> Optional.of("lines cannot be removed by hand");
      case WEEK, TELLS, ONE_SESSION, ONE_CONNECTION -> Optional.empty();
    };
  }

  @Override
  public void restart() throws IOException {
    server.kill();
    server.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
