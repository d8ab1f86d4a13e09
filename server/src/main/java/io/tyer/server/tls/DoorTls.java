package io.tyer.server.tls;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/** TLS for clients' connections. */
public final class DoorTls {

  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private DoorTls() {}

  /**
   * TLS 1.3 and nothing older; where authorities are given, only clients whose certificates they
   * have signed come in.
   *
   * @throws SSLException if this machine cannot do it
   */
  public static SslContext of(LiveTls live) throws SSLException {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forServer(live.keys())).protocols(PROTOCOLS);
    live.trust().ifPresent(trust -> builder.trustManager(trust).clientAuth(ClientAuth.REQUIRE));
    return builder.build();
  }
}
