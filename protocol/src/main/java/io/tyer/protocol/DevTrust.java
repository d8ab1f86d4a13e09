package io.tyer.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts at a server on its own machine, unless it is told whom: those whom Java
 * trusts, and the certificate that a server of the same user has made itself.
 */
public final class DevTrust {

  private DevTrust() {}

  /** Where {@code tyer server} keeps its certificate unless told otherwise. */
  public static Optional<Path> certificate(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    String home = environment.get("HOME");
    Path directory;
    if (isAbsolute(state)) {
      directory = Path.of(state);
    } else if (isAbsolute(home)) {
      directory = Path.of(home, ".local", "state");
    } else {
      return Optional.empty();
    }
    return Optional.of(certificateIn(directory.resolve("tyer/server"))).filter(Files::isReadable);
  }

  /** Where a server keeps its certificate that keeps its log in this directory. */
  public static Path certificateIn(Path data) {
    return data.resolve("tls/dev-certificate.pem");
  }

  private static boolean isAbsolute(@Nullable String path) {
    return path != null && path.startsWith("/");
  }

  /**
   * Trusts it, and whom Java trusts.
   *
   * @throws IOException if it is no certificate
   */
  public static TrustManagerFactory with(InputStream certificate) throws IOException {
    try {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      int known = 0;
      for (TrustManager manager : trusting(null).getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          for (X509Certificate authority : x509.getAcceptedIssuers()) {
            anchors.setCertificateEntry("java-" + known++, authority);
          }
        }
      }
      anchors.setCertificateEntry(
          "dev", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
      return trusting(anchors);
    } catch (GeneralSecurityException e) {
      throw new IOException("it is no certificate: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory trusting(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory;
  }
}
