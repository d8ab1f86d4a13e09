package io.tyer.server.run;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.tyer.protocol.Headers;
import io.tyer.server.access.BearerToken;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a member. */
final class Connecting {

  private static final int MAX_TOKEN = 4096;

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

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Holds the access token to be shown to members; by default the environment's TYER_ACCESS_TOKEN.")
  private @Nullable Path token;

  @Option(names = "--plaintext", description = "Without TLS; only on this machine.")
  private boolean plaintext;

  HostPort first() {
    return HostPort.parse("--server", server, ServerCommand.PORT);
  }

  ManagedChannel channel(HostPort member) {
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(member.toString(), credentials(member));
    String shown = token();
    if (shown != null) {
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(Headers.showing(shown)));
    }
    return builder.build();
  }

  private @Nullable String token() {
    String shown;
    if (token == null) {
      shown = System.getenv("TYER_ACCESS_TOKEN");
    } else {
      try (InputStream in = Files.newInputStream(token)) {
        shown = new String(in.readNBytes(MAX_TOKEN), StandardCharsets.US_ASCII);
      } catch (IOException e) {
        throw new Refusal("--token-file cannot be read: " + token, e);
      }
    }
    if (shown == null || shown.isBlank()) {
      return null;
    }
    if (BearerToken.parse(shown.strip()).isEmpty()) {
      throw new Refusal(
          (token == null ? "TYER_ACCESS_TOKEN" : token.toString())
              + " holds no access token of Tyer");
    }
    return shown.strip();
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
