package io.tyer.testkit.torture;

import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What happens to the server, and to its members where it is a group: one thing at a time. */
final class ServerFaults {

  private final StoreServer server;
  private final Claim claim = new Claim();

  private ServerFaults(StoreServer server) {
    this.server = server;
  }

  static Map<FaultKind, Fault> of(StoreServer server) {
    ServerFaults faults = new ServerFaults(server);
    Map<FaultKind, Fault> all = new EnumMap<>(FaultKind.class);
    all.put(FaultKind.SERVER_KILL, faults::kill);
    all.put(FaultKind.SERVER_PAUSE, faults::pause);
    server.group().ifPresent(group -> all.putAll(GroupFaults.of(server, group, faults.claim)));
    return all;
  }

  private Optional<Fault.Injury> kill(Blow blow) throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          server.kill();
          return new Claim.Done("down for " + blow.durationMillis() + " ms", server::start);
        });
  }

  private Optional<Fault.Injury> pause(Blow blow) throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          StoreServer.Stopped stopped = server.pause();
          return new Claim.Done("for " + blow.durationMillis() + " ms", stopped::resume);
        });
  }
}
