package io.tyer.store.remote;

import io.grpc.Status;
import io.tyer.protocol.OptionStyle;
import io.tyer.protocol.TlsFailures;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.network.HostPort;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words for users. */
final class Failures {

  private Failures() {}

  static StoreException unreachable(String where, String why, @Nullable Throwable cause) {
    return new StoreException(Kind.UNREACHABLE, where + " was not reached: " + why, cause);
  }

  static StoreException refused(String where, String why, @Nullable Throwable cause) {
    return new StoreException(Kind.REFUSED, where + " refused: " + why, cause);
  }

  /** Why a member could not be asked: nothing was sent to it. */
  static StoreException of(HostPort server, Status status, RemoteAddress address) {
    Throwable cause = status.getCause();
    TlsFailures failures = new TlsFailures(OptionStyle.ADDRESS, address.certificate());
    String tls = cause == null ? null : failures.words(cause);
    if (tls != null) {
      return refused(server.toString(), tls, cause);
    }
    return switch (status.getCode()) {
      case UNIMPLEMENTED ->
          refused(server.toString(), "what listens there is no lock server of Tyer", cause);
      case UNAUTHENTICATED ->
          refused(
              server.toString(),
              text(status) + (address.token() == null ? Credential.HINT : ""),
              cause);
      case PERMISSION_DENIED, INVALID_ARGUMENT -> refused(server.toString(), text(status), cause);
      case UNAVAILABLE ->
          unreachable(
              server.toString(),
              text(status) + (address.plaintext() ? failures.mayBeTls(cause) : ""),
              cause);
      default -> unreachable(server.toString(), text(status), cause);
    };
  }

  /** What a status says, and the innermost reason, which names what failed. */
  static String text(Status status) {
    StringBuilder text = new StringBuilder();
    text.append(
        status.getDescription() == null ? status.getCode().name() : status.getDescription());
    Throwable innermost = status.getCause();
    while (innermost != null && innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (innermost != null && innermost.getMessage() != null) {
      text.append(": ").append(innermost.getMessage());
    }
    return text.toString();
  }
}
