package io.tyer.protocol;

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

/**
 * What is wrong with certificates and TLS, in words for users.
 *
 * @param options how they give options
 * @param certificate what a client shows; null for none
 */
public record TlsFailures(OptionStyle options, @Nullable Path certificate) {

  /**
   * What is wrong with certificates or TLS and what would be right; null if it is something else.
   */
  public @Nullable String words(Throwable failure) {
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
            + "); name the authority's certificate with "
            + options.of("tls-ca");
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
    return ssl == null ? null : handshake(String.valueOf(ssl.getMessage()));
  }

  /** What to look at where a connection in plain text was made, and came to nothing. */
  public String mayBeTls(@Nullable Throwable failure) {
    return isNobodyThere(failure)
        ? ""
        : " (if it speaks TLS there, leave out " + options.plaintext() + ")";
  }

  /** Whether nothing listens where a connection was to be made. */
  public static boolean isNobodyThere(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
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

  private @Nullable String handshake(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("not an ssl/tls record")) {
      return "it does not speak TLS at this port (a server without TLS is reached with "
          + options.plaintext()
          + ", on its own machine)";
    }
    if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
      return certificate == null
          ? "it demands a certificate; name one with "
              + options.of("tls-cert")
              + " and "
              + options.of("tls-key")
              + " ("
              + message
              + ")"
          : notBelieved(message);
    }
    if (lower.contains("unknown_ca")
        || lower.contains("certificate_unknown")
        || lower.contains("certificate_expired")) {
      return notBelieved(message);
    }
    if (lower.contains("protocol_version")) {
      return "it does not speak TLS 1.3 (" + message + ")";
    }
    return null;
  }

  private String notBelieved(String message) {
    return "it does not believe the certificate that "
        + options.of("tls-cert")
        + " names ("
        + message
        + ")"
        + (certificate == null ? "" : ": " + OwnCertificate.flaw(certificate, options));
  }
}
