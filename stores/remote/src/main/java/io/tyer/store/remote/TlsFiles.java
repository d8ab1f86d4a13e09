package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.tyer.protocol.DevTrust;
import io.tyer.store.network.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the files hold by which a client believes servers, and shows who it is.
 *
 * @param authorities who is trusted; null for whom Java trusts
 * @param neighbour whom a client on the same machine trusts besides these; null for nobody
 * @param certificate the client's; null for none
 * @param key the certificate's; null for none
 */
record TlsFiles(
    @Nullable ByteString authorities,
    @Nullable ByteString neighbour,
    @Nullable ByteString certificate,
    @Nullable ByteString key) {

  private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);

  /**
   * As they are now.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  static TlsFiles of(RemoteAddress address) {
    boolean near =
        address.authorities() == null && address.servers().stream().allMatch(HostPort::isLoopback);
    return new TlsFiles(
        read(address, "tls-ca", address.authorities()),
        near ? readNeighbour() : null,
        read(address, "tls-cert", address.certificate()),
        read(address, "tls-key", address.certificateKey()));
  }

  private static @Nullable ByteString read(
      RemoteAddress address, String option, @Nullable Path file) {
    try {
      return file == null ? null : ByteString.copyFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option + " names a PEM file that cannot be read: " + address, e);
    }
  }

  private static @Nullable ByteString readNeighbour() {
    Path file = DevTrust.certificate(System.getenv()).orElse(null);
    try {
      return file == null ? null : ByteString.copyFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      log.warn("the certificate of this user's server cannot be read, and is not trusted", e);
      return null;
    }
  }

  /**
   * TLS 1.3, by Java's own implementation: nothing is unpacked or loaded when a store is opened.
   *
   * @throws IllegalArgumentException if a file holds something else than it should
   */
  SslContext context(RemoteAddress address) {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .protocols("TLSv1.3");
    ByteString trusted = authorities;
    ByteString near = neighbour;
    if (trusted != null) {
      reading(
          address,
          "tls-ca",
          "holds no certificates in PEM",
          () -> builder.trustManager(trusted.newInput()));
    } else if (near != null) {
      trust(builder, near);
    }
    ByteString own = certificate;
    ByteString ownKey = key;
    if (own != null && ownKey != null) {
      reading(
          address,
          "tls-cert, tls-key",
          "are not a certificate and its unencrypted PKCS 8 key (BEGIN PRIVATE KEY) in PEM",
          () -> builder.keyManager(own.newInput(), ownKey.newInput()));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "the certificates of " + address + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void trust(SslContextBuilder builder, ByteString near) {
    try {
      builder.trustManager(DevTrust.with(near.newInput()));
    } catch (IOException e) {
      log.warn("the certificate of this user's server cannot be read, and is not trusted", e);
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

  /** Without what they hold. */
  @Override
  public String toString() {
    return "TlsFiles";
  }
}
