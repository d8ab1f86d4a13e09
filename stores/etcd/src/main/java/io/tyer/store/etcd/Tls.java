package io.tyer.store.etcd;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS by the files that an address names. */
final class Tls {

  private Tls() {}

  /**
   * TLS 1.3 or 1.2, by Java's own implementation; null if the address asks for none.
   *
   * @throws IllegalArgumentException if a file holds something else than it should
   */
  static @Nullable SslContext of(EtcdAddress address) {
    if (!address.tls()) {
      return null;
    }
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    var authorities = address.authorities();
    if (authorities != null) {
      reading(
          address,
          "tls-ca holds no certificates in PEM",
          () -> builder.trustManager(authorities.toFile()));
    }
    var certificate = address.certificate();
    var key = address.certificateKey();
    if (certificate != null && key != null) {
      reading(
          address,
          "tls-cert, tls-key are not a certificate and its unencrypted PKCS 8 key (BEGIN PRIVATE"
              + " KEY) in PEM",
          () -> builder.keyManager(certificate.toFile(), key.toFile()));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "the certificates of " + address + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void reading(EtcdAddress address, String otherwise, Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(otherwise + ": " + address, e);
    }
  }
}
