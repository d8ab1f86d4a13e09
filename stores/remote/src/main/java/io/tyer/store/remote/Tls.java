package io.tyer.store.remote;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client believes and shows. */
final class Tls {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  private Tls() {}

  /**
   * TLS 1.3, by Java's own implementation: nothing is unpacked or loaded when a store is opened.
   *
   * @return null for plain text
   * @throws IllegalArgumentException if a file holds something else than it should
   */
  static @Nullable SslContext of(RemoteAddress address) {
    if (address.plaintext()) {
      return null;
    }
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .protocols("TLSv1.3");
    Path authorities = address.authorities();
    if (authorities != null) {
      reading(
          address,
          "tls-ca",
          "holds no certificates in PEM",
          () -> builder.trustManager(authorities.toFile()));
    } else if (address.servers().stream().allMatch(HostPort::isLoopback)) {
      trustNeighbour(builder);
    }
    Path certificate = address.certificate();
    Path key = address.certificateKey();
    if (certificate != null && key != null) {
      reading(
          address,
          "tls-cert, tls-key",
          "are not a certificate and its unencrypted PKCS 8 key (BEGIN PRIVATE KEY) in PEM",
          () -> builder.keyManager(certificate.toFile(), key.toFile()));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "the certificates of " + address + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void trustNeighbour(SslContextBuilder builder) {
    Optional<Path> own = DevTrust.certificate(System.getenv());
    if (own.isPresent()) {
      try {
        builder.trustManager(DevTrust.with(own.get()));
      } catch (IOException e) {
        log.warn("the certificate of this user's server cannot be read, and is not trusted", e);
      }
    }
  }

  private static void reading(
      RemoteAddress address, String option, String otherwise, Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " " + otherwise + ": " + address, e);
    }
  }
}
