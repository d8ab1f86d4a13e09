package io.tyer.server;

import io.tyer.server.tls.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How clients' connections are secured. */
public sealed interface ClientSecurity {

  /**
   * TLS, by files; where they name authorities, these have to have signed a client's certificate.
   */
  record Tls(TlsFiles files) implements ClientSecurity {}

  /**
   * TLS, by a certificate for localhost that the server makes in its directory; on loopback only.
   */
  record Dev() implements ClientSecurity {}

  /** None: whoever uses this machine may come in, and read along; on loopback only. */
  record Plaintext() implements ClientSecurity {}

  /**
   * Checks that it is enough for where the server listens.
   *
   * @param tokens whether clients show access tokens
   * @throws IllegalArgumentException saying what to do if it is not
   */
  static void check(ClientSecurity security, InetSocketAddress listen, boolean tokens) {
    InetAddress address = listen.getAddress();
    if (address == null) {
      throw new IllegalArgumentException("'" + listen.getHostString() + "' is no address here");
    }
    if (address.isLoopbackAddress()) {
      return;
    }
    String beyond = listen.getHostString() + ":" + listen.getPort() + " is beyond loopback. ";
    if (security instanceof Plaintext) {
      throw new IllegalArgumentException(
          beyond
              + "Plain text is for loopback only: give a certificate and a key, or listen on"
              + " localhost");
    }
    Optional<TlsFiles> files =
        security instanceof Tls tls ? Optional.of(tls.files()) : Optional.empty();
    if (files.isEmpty() || !(tokens || files.flatMap(TlsFiles::trusted).isPresent())) {
      throw new IllegalArgumentException(
          beyond
              + "There the server asks clients for access tokens or certificates, so that not"
              + " everybody can take locks: give "
              + (files.isEmpty() ? "a certificate and a key for the server, and " : "")
              + "the operator's token, or the authorities that sign clients' certificates; or"
              + " listen on localhost");
    }
  }
}
