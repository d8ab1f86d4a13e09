package io.tyer.server.log;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * By what members prove to each other who they are. Both are asked at every handshake, so what they
 * answer may change.
 *
 * @param keys this member's certificate and key
 * @param trust whose certificates are a member's. Whoever it accepts has full access to the log, so
 *     it should accept members only: not all that a common authority has signed
 */
public record PeerTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
