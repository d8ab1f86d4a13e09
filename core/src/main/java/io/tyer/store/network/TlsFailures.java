package io.tyer.store.network;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong where TLS is spoken by one side only, or a certificate is not believed.
 *
 * @param plainScheme how an address begins that is reached without TLS
 * @param otherName what to do where the certificate is another host's
 */
public record TlsFailures(String plainScheme, String otherName) {

  /**
   * What is wrong and what would be right; null if it is nothing of TLS that a change of the
   * address would mend.
   *
   * @param ownCertificate whether the client shows one
   */
  public @Nullable String explain(Throwable failure, boolean ownCertificate) {
    SSLException ssl = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return "its certificate is not signed by an authority that this client trusts ("
            + cause.getMessage()
            + "); name the authority's certificate with tls-ca";
      }
      if (cause instanceof CertificateException && isOfName(cause)) {
        return "its certificate is another host's (" + cause.getMessage() + "); " + otherName;
      }
      if (cause instanceof SSLException found) {
        ssl = found;
      }
    }
    return ssl == null ? null : ofHandshake(String.valueOf(ssl.getMessage()), ownCertificate);
  }

  private static boolean isOfName(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("subject alternative") || message.contains("no name matching");
  }

  private @Nullable String ofHandshake(String message, boolean ownCertificate) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("not an ssl/tls record")) {
      return "it does not speak TLS at this port; without TLS the address begins with "
          + plainScheme;
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
      return "it speaks neither TLS 1.3 nor TLS 1.2 (" + message + ")";
    }
    return null;
  }
}
