package io.tyer.server.run;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.protocol.DevTrust;
import io.tyer.protocol.Headers;
import io.tyer.protocol.OptionStyle;
import io.tyer.protocol.TlsFailures;
import io.tyer.server.access.BearerToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a command reaches a member. */
final class Connecting {

  private static final int MAX_TOKEN = 4096;

  private final Parsed parsed;
  private final HostPort first;
  private final @Nullable Path token;
  private final boolean plaintext;

  private Connecting(Parsed parsed) {
    this.parsed = parsed;
    first = HostPort.parse("--server", parsed.text("server", "localhost"), ServerCommand.PORT);
    token = parsed.path("token-file");
    plaintext = parsed.has("plaintext");
  }

  /** As the options say. */
  static Connecting of(Parsed parsed) {
    return new Connecting(parsed);
  }

  HostPort first() {
    return first;
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
        throw Refusal.usage("--token-file cannot be read: ", e);
      }
    }
    if (shown == null || shown.isBlank()) {
      return null;
    }
    if (BearerToken.parse(shown.strip()).isEmpty()) {
      throw Refusal.usage(
          (token == null ? "TYER_ACCESS_TOKEN" : token.toString())
              + " holds no access token of Tyer");
    }
    return shown.strip();
  }

  private ChannelCredentials credentials(HostPort member) {
    if (plaintext) {
      if (!member.isLoopback()) {
        throw Refusal.usage(
            "--plaintext is for this machine only, and " + member + " is elsewhere: use TLS");
      }
      return InsecureChannelCredentials.create();
    }
    Path authority = parsed.path("tls-ca");
    Path certificate = parsed.path("tls-cert");
    Path key = parsed.path("tls-key");
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    try {
      if (authority != null) {
        tls.trustManager(authority.toFile());
      } else if (member.isLoopback()) {
        trustOwnServer(tls);
      }
      if (certificate != null && key != null) {
        tls.keyManager(certificate.toFile(), key.toFile());
      } else if (certificate != null || key != null) {
        throw Refusal.usage("--tls-cert and --tls-key are given together or not at all");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.usage("the certificates cannot be used: ", e);
    }
    return tls.build();
  }

  /** Trusts the certificate that a server of this user has made itself, besides Java's. */
  private void trustOwnServer(TlsChannelCredentials.Builder tls) throws IOException {
    Path data = parsed.path("data");
    Path own =
        data == null
            ? DevTrust.certificate(System.getenv()).orElse(null)
            : DevTrust.certificateIn(data);
    if (own == null) {
      return;
    }
    try (InputStream in = Files.newInputStream(own)) {
      tls.trustManager(DevTrust.with(in).getTrustManagers());
    } catch (NoSuchFileException e) {
      throw new Refusal(
          Exit.USAGE, "no server with a certificate of its own keeps its log in " + data, e);
    }
  }

  /** What is wrong with a member that was asked in vain. */
  Refusal refusal(HostPort member, StatusRuntimeException failure) {
    Status status = failure.getStatus();
    Throwable cause = status.getCause();
    TlsFailures failures = new TlsFailures(OptionStyle.COMMAND_LINE, parsed.path("tls-cert"));
    String tls = cause == null ? null : failures.words(cause);
    if (tls != null) {
      return Refusal.unreachable(member + " refused: " + tls, failure);
    }
    String said = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case INVALID_ARGUMENT -> new Refusal(Exit.USAGE, member + " refused: " + said, failure);
      case UNAUTHENTICATED ->
          Refusal.unreachable(
              member
                  + " refused: "
                  + said
                  + (token() == null ? "; show an access token by --token-file" : ""),
              failure);
      case UNIMPLEMENTED ->
          Refusal.unreachable(
              member + " refused: what listens there is no lock server of Tyer, or an earlier one",
              failure);
      case DEADLINE_EXCEEDED -> Refusal.unreachable(member + " does not answer", failure);
      case UNAVAILABLE ->
          Refusal.unreachable(
              member + " cannot be reached: " + why(failures, cause, said), failure);
      default -> Refusal.unreachable(member + " refused: " + said, failure);
    };
  }

  private String why(TlsFailures failures, @Nullable Throwable cause, String said) {
    if (TlsFailures.isNobodyThere(cause)) {
      return "nobody listens there; is the server started ('tyer server')?";
    }
    // What gRPC adds of a connection that broke is meant for its own people.
    String why = cause == null ? said : String.valueOf(cause.getMessage());
    return plaintext ? why + failures.mayBeTls(cause) : why;
  }
}
