package io.tyer.server.run;

import io.tyer.server.ServerConfig;
import io.tyer.server.door.DoorLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** With what a member is started. */
class StartOptions implements Callable<Integer> {

  static final String ALONE = "1";

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:" + ServerCommand.PORT,
      description = "Where clients come in; ${DEFAULT-VALUE} by default.")
  private String listen = "localhost:" + ServerCommand.PORT;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description =
          "Where clients come in that speak plain HTTP, secured like the others; port "
              + ServerConfig.HTTP_PORT
              + " where none is named. Without it, they do not.")
  private @Nullable String http;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where this member, and nobody else, keeps its log; $$XDG_STATE_HOME/tyer/server by"
              + " default.")
  private @Nullable Path data;

  @Option(
      names = "--dev",
      description =
          "With a certificate that it makes itself, for clients on this machine; so it is without"
              + " --tls-cert, too, where it listens on this machine only.")
  private boolean dev;

  @Option(
      names = "--plaintext",
      description = "Without TLS: whoever uses this machine may come in. On this machine only.")
  private boolean plaintext;

  @Option(
      names = "--tls-cert",
      paramLabel = "PEM",
      description = "The certificate that clients are shown. Read again when it changes.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key.")
  private @Nullable Path key;

  @Option(
      names = "--client-ca",
      paramLabel = "PEM",
      description =
          "Clients show certificates that this authority has signed. Needed where the server"
              + " listens beyond this machine and wants no access tokens.")
  private @Nullable Path clientAuthority;

  @Option(
      names = "--operator-token",
      paramLabel = "FILE",
      description =
          "Clients show access tokens, which whoever shows the token in this file makes by 'tyer"
              + " token create'. The same for all members; 'tyer token operator' prints one.")
  private @Nullable Path operatorToken;

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = ALONE,
      description = "This member's name in its group; ${DEFAULT-VALUE} by default.")
  private String id = ALONE;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "tyer",
      description = "The group's name, the same for its members; ${DEFAULT-VALUE} by default.")
  private String cluster = "tyer";

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "ID=HOST:PORT/HOST:PORT[/HOST:PORT]",
      description =
          "Begins a group of these members: where each of them listens for members, and where"
              + " clients find it, also by plain HTTP. The same for all of them, this one among them.")
  private List<String> peers = List.of();

  @Option(
      names = "--join",
      description = "Waits to be added to a group that runs, by 'tyer server add'.")
  private boolean joins;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      description = "Where a member that joins listens for members.")
  private String peer = "127.0.0.1:0";

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "Where clients find this member, if that is not where it listens.")
  private @Nullable String advertised;

  @Option(
      names = "--peer-tls-cert",
      paramLabel = "PEM",
      description = "The certificate that members are shown.")
  private @Nullable Path peerCertificate;

  @Option(names = "--peer-tls-key", paramLabel = "PEM", description = "Its private key.")
  private @Nullable Path peerKey;

  @Option(
      names = "--peer-ca",
      paramLabel = "PEM",
      description = "Who has signed members' certificates, and nobody else's.")
  private @Nullable Path peerAuthority;

  @Option(
      names = "--connections",
      paramLabel = "COUNT",
      description =
          "How many connections clients have at once, all together; ${DEFAULT-VALUE} by default.")
  private int connections = DoorLimits.DEFAULT.connections();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "How the log is written to the standard error: ${COMPLETION-CANDIDATES}; json is one"
              + " object per line, in which everything else that is said is said, too.")
  private LogFormat logFormat = LogFormat.TEXT;

  /** Whether everything is said by the log. */
  boolean logsJson() {
    return logFormat == LogFormat.JSON;
  }

  @Override
  public Integer call() throws Exception {
    logFormat.use();
    ServerConfig config = config();
    CommandSpec spec = command;
    return spec == null ? Exit.FAILED : new Serving(said(spec)).run(config);
  }

  private Consumer<String> said(CommandSpec spec) {
    if (logsJson()) {
      return LoggerFactory.getLogger(Serving.class)::info;
    }
    PrintWriter out = spec.commandLine().getOut();
    return text -> {
      out.println("tyer: " + text);
      out.flush();
    };
  }

  private ServerConfig config() {
    Path directory = data == null ? StateDirectory.of(System.getenv()).resolve("server") : data;
    HostPort door = HostPort.parse("--listen", listen, ServerCommand.PORT);
    HostPort front = http == null ? null : HostPort.parse("--http", http, ServerConfig.HTTP_PORT);
    boolean here = door.isLoopback() && (front == null || front.isLoopback());
    Security security = new Security(dev, plaintext, certificate, key, clientAuthority, here);
    try {
      return new ServerConfig(
          directory,
          cluster,
          id,
          door.resolved("--listen"),
          PeerList.advertised(advertised),
          HostPort.parse("--peer", peer, 0).toString(),
          PeerList.parse(peers),
          joins,
          security.ofClients(),
          Security.files("--peer-tls-cert", peerCertificate, peerKey, peerAuthority),
          Optional.ofNullable(operatorToken),
          DoorLimits.DEFAULT.withConnections(connections),
          Optional.ofNullable(front).map(at -> at.resolved("--http")));
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }
}
