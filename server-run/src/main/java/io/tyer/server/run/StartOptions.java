package io.tyer.server.run;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.server.PeerSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.door.DoorLimits;
import io.tyer.server.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * With what a member is started, as {@link io.tyer.command.ServerSyntax#server} declares it.
 *
 * @param parsed what was given
 * @param logFormat of what it says
 */
record StartOptions(Parsed parsed, LogFormat logFormat) {

  static final String ALONE = "1";

  static StartOptions of(Parsed parsed) {
    return new StartOptions(parsed, LogFormat.parse(parsed.text("log-format", "text")));
  }

  /** What the member is to be. */
  ServerConfig config() {
    Path data = parsed.path("data");
    String http = parsed.text("http");
    HostPort door =
        HostPort.parse("--listen", parsed.text("listen", "localhost"), ServerCommand.PORT);
    HostPort front = http == null ? null : HostPort.parse("--http", http, ServerConfig.HTTP_PORT);
    boolean here = door.isLoopback() && (front == null || front.isLoopback());
    Security security =
        new Security(
            parsed.has("dev"),
            parsed.has("plaintext"),
            parsed.path("tls-cert"),
            parsed.path("tls-key"),
            parsed.path("client-ca"),
            here);
    try {
      return new ServerConfig(
          data == null ? StateDirectory.of(System.getenv()).resolve("server") : data,
          parsed.text("cluster", "tyer"),
          parsed.text("id", ALONE),
          door.resolved("--listen"),
          PeerList.advertised(parsed.text("advertise")),
          HostPort.parse("--peer", parsed.text("peer", "127.0.0.1:0"), 0).toString(),
          PeerList.parse(parsed.texts("peers")),
          parsed.has("join"),
          security.ofClients(),
          peerSecurity(),
          Optional.ofNullable(parsed.path("operator-token")),
          DoorLimits.DEFAULT.withConnections(
              parsed.number("connections", DoorLimits.DEFAULT.connections())),
          Optional.ofNullable(front).map(at -> at.resolved("--http")),
          httpHosts(),
          parsed.has("accept-loss"));
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  private Set<String> httpHosts() {
    List<String> names =
        parsed.texts("http-host").stream().flatMap(some -> Stream.of(some.split(",", -1))).toList();
    for (String name : names) {
      if (!name.matches("(\\*\\.)?[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
        throw Refusal.usage(
            "--http-host wants names without ports, such as lock.example; not '" + name + "'");
      }
    }
    return Set.copyOf(names);
  }

  private PeerSecurity peerSecurity() {
    Optional<TlsFiles> files =
        Security.files(
            "--peer-tls-cert",
            parsed.path("peer-tls-cert"),
            parsed.path("peer-tls-key"),
            parsed.path("peer-ca"));
    boolean insecure = parsed.has("insecure-peers");
    if (files.isPresent() && insecure) {
      throw Refusal.usage("--peer-tls-cert and --insecure-peers: one of them");
    }
    if (files.isPresent()) {
      return new PeerSecurity.Tls(files.get());
    }
    return insecure ? new PeerSecurity.Insecure() : new PeerSecurity.Alone();
  }
}
