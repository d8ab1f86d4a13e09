package io.tyer.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/** Why a server may not believe the certificate that a client shows. */
final class OwnCertificate {

  private OwnCertificate() {}

  /** In words: what is wrong with it as far as it can be seen here, and what would be right. */
  static String flaw(Path file, OptionStyle options) {
    String names = "name %s with " + options.of("tls-cert") + " and " + options.of("tls-key");
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        return "it has expired, on "
            + certificate.getNotAfter().toInstant()
            + "; "
            + String.format(names, "a newer one");
      } catch (CertificateNotYetValidException e) {
        return "it is not valid before "
            + certificate.getNotBefore().toInstant()
            + "; look at this machine's clock";
      }
      return String.format(names, "one")
          + " that an authority has signed which the server was given as --client-ca; this one's is "
          + certificate.getIssuerX500Principal().getName();
    } catch (IOException | CertificateException e) {
      return String.format(names, "one") + " that the server's --client-ca has signed";
    }
  }
}
