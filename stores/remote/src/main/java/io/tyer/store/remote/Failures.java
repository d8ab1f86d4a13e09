package io.tyer.store.remote;

import io.grpc.Status;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
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
  static StoreException of(HostPort server, Status status, boolean ownCertificate) {
    Throwable cause = status.getCause();
    String tls = cause == null ? null : tls(cause, ownCertificate);
    if (tls != null) {
      return refused(server.toString(), tls, cause);
    }
    return switch (status.getCode()) {
      case UNIMPLEMENTED ->
          refused(server.toString(), "what listens there is no lock server of Tyer", cause);
      case PERMISSION_DENIED, UNAUTHENTICATED, INVALID_ARGUMENT ->
          refused(server.toString(), text(status), cause);
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

  /**
   * What is wrong with certificates or TLS and what would be right; null if it is something else.
   */
  private static @Nullable String tls(Throwable failure, boolean ownCertificate) {
    SSLException ssl = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return "its certificate is not signed by an authority that this client trusts ("
            + cause.getMessage()
            + "); name the authority's certificate with tls-ca";
      }
      if (cause instanceof CertificateException && isOfName(cause)) {
        return "its certificate is another host's ("
            + cause.getMessage()
            + "); use a name that the certificate has";
      }
      if (cause instanceof SSLException found) {
        ssl = found;
      }
    }
    return ssl == null ? null : handshake(String.valueOf(ssl.getMessage()), ownCertificate);
  }

  private static boolean isOfName(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("subject alternative") || message.contains("no name matching");
  }

  private static @Nullable String handshake(String message, boolean ownCertificate) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("not an ssl/tls record")) {
      return "it does not speak TLS at this port (a server without TLS is reached with"
          + " plaintext=true, on its own machine)";
    }
    if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
      return ownCertificate
          ? "it does not believe the certificate that tls-cert names (" + message + ")"
          : "it demands a certificate; name one with tls-cert and tls-key (" + message + ")";
    }
    if (lower.contains("unknown_ca") || lower.contains("certificate_unknown")) {
      return "it does not believe the certificate that tls-cert names (" + message + ")";
    }
    if (lower.contains("protocol_version")) {
      return "it does not speak TLS 1.3 (" + message + ")";
    }
    return null;
  }
}
