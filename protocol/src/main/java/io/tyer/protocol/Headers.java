package io.tyer.protocol;

import io.grpc.Metadata;

/** The headers and trailers that calls of the lock server have. */
public final class Headers {

  /** In the headers of a request: the scheme {@code Bearer} and an access token. */
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** In the trailers of a call that only the leader answers: where it is. */
  public static final Metadata.Key<String> LEADER =
      Metadata.Key.of("tyer-leader", Metadata.ASCII_STRING_MARSHALLER);

  private Headers() {}

  /** Of a request that shows this access token. */
  public static Metadata showing(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return headers;
  }
}
