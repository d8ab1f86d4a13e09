package io.tyer.server.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where certificates are kept, in PEM.
 *
 * @param certificate this server's certificate, and behind it those that lead to its authority
 * @param key its private key, RSA or elliptic, not encrypted
 * @param trusted the authorities whose certificates are accepted from the other side; empty if none
 *     are asked for
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> trusted) {}
