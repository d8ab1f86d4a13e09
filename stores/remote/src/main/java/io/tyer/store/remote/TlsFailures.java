package io.tyer.store.remote;

import java.net.ConnectException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is wrong with certificates and TLS, in words for users. */
final class TlsFailures {

  private TlsFailures() {}

  /**
   * What is wrong with certificates or TLS and what would be right; null if it is something else.
   */
  static @Nullable String words(Throwable failure, RemoteAddress address) {
    String times = times(failure);
    if (times != null) {
      return times;
    }
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
    return ssl == null ? null : handshake(String.valueOf(ssl.getMessage()), address);
  }

  /** What to look at where a connection in plain text was made, and came to nothing. */
  static String mayBeTls(@Nullable Throwable failure, RemoteAddress address) {
    if (!address.plaintext()) {
      return "";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return "";
      }
    }
    return " (if it speaks TLS there, leave out plaintext=true)";
  }

  private static @Nullable String times(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "its certificate has expired ("
            + cause.getMessage()
            + "); the server needs a new one (its --tls-cert and --tls-key)";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet ("
            + cause.getMessage()
            + "); look at this machine's clock";
      }
    }
    return null;
  }

  private static boolean isOfName(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("subject alternative") || message.contains("no name matching");
  }

  private static @Nullable String handshake(String message, RemoteAddress address) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("not an ssl/tls record")) {
      return "it does not speak TLS at this port (a server without TLS is reached with"
          + " plaintext=true, on its own machine)";
    }
    if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
      return address.certificate() == null
          ? "it demands a certificate; name one with tls-cert and tls-key (" + message + ")"
          : notBelieved(message, address);
    }
    if (lower.contains("unknown_ca")
        || lower.contains("certificate_unknown")
        || lower.contains("certificate_expired")) {
      return notBelieved(message, address);
    }
    if (lower.contains("protocol_version")) {
      return "it does not speak TLS 1.3 (" + message + ")";
    }
    return null;
  }

  private static String notBelieved(String message, RemoteAddress address) {
    Path own = address.certificate();
    return "it does not believe the certificate that tls-cert names ("
        + message
        + ")"
        + (own == null ? "" : ": " + OwnCertificate.flaw(own));
  }
}
