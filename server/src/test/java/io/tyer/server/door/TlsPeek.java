package io.tyer.server.door;

import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TlsFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Looks at what a server shows in its handshake, by Java's TLS. */
final class TlsPeek {

  private TlsPeek() {}

  static String subject(int port, TlsFiles client, Path trusted) throws Exception {
    LiveTls tls =
        LiveTls.load(new TlsFiles(client.certificate(), client.key(), Optional.of(trusted)));
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        new KeyManager[] {tls.keys()}, new TrustManager[] {tls.trust().orElseThrow()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }
}
