package io.tyer.server.run;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a member. */
final class Connecting {

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7878",
      description = "A member; ${DEFAULT-VALUE} by default. It names the leader, if it is another.")
  private String server = "localhost:7878";

  @Option(
      names = "--tls-ca",
      paramLabel = "PEM",
      description = "Who vouches for members; by default whom Java trusts.")
  private @Nullable File authority;

  @Option(
      names = "--tls-cert",
      paramLabel = "PEM",
      description = "The certificate to be shown to members.")
  private @Nullable File certificate;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key.")
  private @Nullable File key;

  @Option(names = "--plaintext", description = "Without TLS; only on this machine.")
  private boolean plaintext;

  HostPort first() {
    return HostPort.parse("--server", server, ServerCommand.PORT);
  }

  ManagedChannel channel(HostPort member) {
    return Grpc.newChannelBuilder(member.toString(), credentials(member)).build();
  }

  private ChannelCredentials credentials(HostPort member) {
    if (plaintext) {
      if (!member.isLoopback()) {
        throw new Refusal(
            "--plaintext is for this machine only, and " + member + " is elsewhere: use TLS");
      }
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    try {
      if (authority != null) {
        tls.trustManager(authority);
      }
      if (certificate != null && key != null) {
        tls.keyManager(certificate, key);
      } else if (certificate != null || key != null) {
        throw new Refusal("--tls-cert and --tls-key are given together or not at all");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal("the certificates cannot be used: " + e.getMessage(), e);
    }
    return tls.build();
  }
}
