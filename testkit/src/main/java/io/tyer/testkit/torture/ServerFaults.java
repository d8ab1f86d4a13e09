package io.tyer.testkit.torture;

import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What happens to the server's process: one thing at a time. */
final class ServerFaults {

  private final StoreServer server;
  private final AtomicBoolean claimed = new AtomicBoolean();

  private ServerFaults(StoreServer server) {
    this.server = server;
  }

  static Map<FaultKind, Fault> of(StoreServer server) {
    ServerFaults faults = new ServerFaults(server);
    return Map.of(
        FaultKind.SERVER_KILL, faults::kill,
        FaultKind.SERVER_PAUSE, faults::pause);
  }

  private Optional<Fault.Injury> kill(Blow blow) {
    if (!claimed.compareAndSet(false, true)) {
      return Optional.empty();
    }
    server.kill();
    return Optional.of(injury("down for " + blow.durationMillis() + " ms", server::start));
  }

  private Optional<Fault.Injury> pause(Blow blow) throws IOException {
    if (!claimed.compareAndSet(false, true)) {
      return Optional.empty();
    }
    StoreServer.Stopped stopped = server.pause();
    return Optional.of(injury("for " + blow.durationMillis() + " ms", stopped::resume));
  }

  /** Undoes. */
  private interface Undoing {
    void run() throws IOException;
  }

  private Fault.Injury injury(String description, Undoing undoing) {
    return new Fault.Injury() {
      @Override
      public String description() {
        return description;
      }

      @Override
      public void heal() throws IOException {
        try {
          undoing.run();
        } finally {
          claimed.set(false);
        }
      }
    };
  }
}
