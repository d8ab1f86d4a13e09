package io.tyer.server.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How connections are secured; both are asked at every handshake.
 *
 * @param keys this server's certificate and key
 * @param trust whose certificates clients must show; empty if none are asked for
 */
public record HttpTls(X509ExtendedKeyManager keys, Optional<X509ExtendedTrustManager> trust) {

  private static final List<String> KEY_TYPES = List.of("EC", "RSA");

  /** The certificates that clients are shown now. */
  List<X509Certificate> certificates() {
    return KEY_TYPES.stream()
        .map(type -> keys.chooseEngineServerAlias(type, null, null))
        .flatMap(alias -> Optional.ofNullable(alias).stream())
        .distinct()
        .flatMap(alias -> Optional.ofNullable(keys.getCertificateChain(alias)).stream())
        .filter(chain -> chain.length > 0)
        .map(chain -> chain[0])
        .toList();
  }
}
