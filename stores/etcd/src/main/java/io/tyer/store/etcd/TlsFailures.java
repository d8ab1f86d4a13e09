package io.tyer.store.etcd;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is wrong where TLS is spoken by one side only, or a certificate is not believed. */
final class TlsFailures {

  private TlsFailures() {}

  /** What is wrong and what would be right; null if it is nothing of TLS. */
  static @Nullable String explain(Throwable failure, boolean ownCertificate) {
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
    return ssl == null ? null : ofHandshake(String.valueOf(ssl.getMessage()), ownCertificate);
  }

  private static boolean isOfName(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("subject alternative") || message.contains("no name matching");
  }

  private static @Nullable String ofHandshake(String message, boolean ownCertificate) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("not an ssl/tls record")) {
      return "it does not speak TLS at this port; without TLS the address begins with etcd";
    }
    if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
      return ownCertificate
          ? "it does not believe the certificate that tls-cert names (" + message + ")"
          : "it demands a certificate; name one with tls-cert and tls-key (" + message + ")";
    }
    if (lower.contains("unknown_ca") || lower.contains("certificate_unknown")) {
      return "it does not believe the certificate that tls-cert names (" + message + ")";
    }
    return null;
  }
}
