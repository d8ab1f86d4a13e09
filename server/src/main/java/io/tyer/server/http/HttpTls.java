package io.tyer.server.http;

import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How connections are secured; both are asked at every handshake.
 *
 * @param keys this server's certificate and key
 * @param trust whose certificates clients must show; empty if none are asked for
 */
public record HttpTls(X509ExtendedKeyManager keys, Optional<X509ExtendedTrustManager> trust) {}
